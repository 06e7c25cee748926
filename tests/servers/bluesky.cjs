// A Bluesky server (PDS) with its directory of identities (PLC): node bluesky.cjs PLC_PORT PDS_PORT
const { TestNetworkNoAppView } = require('@atproto/dev-env')

const [plc, pds] = process.argv.slice(2).map(Number)
// dev-env names an appview that is not there; a bare server has none.
const BARE = { bskyAppViewUrl: undefined, bskyAppViewDid: undefined, bskyAppViewCdnUrlPattern: undefined }

async function main() {
  const network = await TestNetworkNoAppView.create({
    plc: { port: plc },
    pds: { port: pds, hostname: 'localhost', enableDidDocWithSession: true, ...BARE },
  })
  console.log('READY')
  process.on('SIGTERM', () => network.close().then(() => process.exit(0), () => process.exit(1)))
}

main().catch((error) => {
  console.error(error)
  process.exit(1)
})
