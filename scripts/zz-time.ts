import { BenchServer } from './bench/database'
import { loadDemo } from '../db/demo/load'
const s = await BenchServer.start()
try { await s.fresh(); const t=performance.now(); await loadDemo({dataDir: process.env.D!, publicUrl:'http://x', databaseUrl: s.url}); console.log('load ms', performance.now()-t, process.resourceUsage().userCPUTime/1e6) } finally { await s.stop() }
