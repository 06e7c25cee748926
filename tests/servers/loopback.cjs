// Preloaded: a server that names no host listens on this machine only.
const net = require('node:net')

const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (port, ...rest) {
  const bare = typeof port === 'number' && typeof rest[0] !== 'string'
  return bare ? listen.call(this, port, '127.0.0.1', ...rest) : listen.call(this, port, ...rest)
}
