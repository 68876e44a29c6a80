export { whenClientLeaves } from './client-leaving.js';
export { ExportSlots, ImportSlots } from './slots.js';
export { EXPORT_PROBLEMS, UPLOAD_PROBLEMS } from './transfers.problems.js';
export { TransfersModule } from './transfers.module.js';
export { uploadOf } from './upload.js';
export { watchReader } from './watch-reader.js';
