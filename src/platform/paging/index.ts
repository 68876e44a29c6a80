export { badCursor, CURSOR_PATTERN, decodeCursor, encodeCursor } from './cursor.js';
export { ORDERS, type Order } from './order.js';
export { pageOf, type Page } from './page-of.js';
export { PageRequestDto } from './page.request.dto.js';
export { PageResponseDto } from './page.response.dto.js';
export { PAGING_PROBLEMS } from './paging.problems.js';
