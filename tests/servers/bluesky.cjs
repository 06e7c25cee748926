// A Bluesky server (PDS) with its directory of identities (PLC), bare or with an appview:
// node bluesky.cjs PLC_PORT PDS_PORT [APPVIEW_PORT]
const { TestNetwork, TestNetworkNoAppView } = require('@atproto/dev-env')

const [plc, pds, appview] = process.argv.slice(2).map(Number)
const common = { plc: { port: plc }, pds: { port: pds, hostname: 'localhost', enableDidDocWithSession: true } }
// dev-env names an appview that is not there; a bare server has none.
const BARE = { bskyAppViewUrl: undefined, bskyAppViewDid: undefined, bskyAppViewCdnUrlPattern: undefined }

function create() {
  if (!appview) return TestNetworkNoAppView.create({ ...common, pds: { ...common.pds, ...BARE } })
  const bsky = { port: appview, publicUrl: `http://localhost:${appview}` }
  return TestNetwork.create({ ...common, bsky, dbPostgresSchema: 'bluesky' })
}

async function main() {
  const network = await create()
  console.log('READY')
  process.on('SIGTERM', () => network.close().then(() => process.exit(0), () => process.exit(1)))
}

main().catch((error) => {
  console.error(error)
  process.exit(1)
})
