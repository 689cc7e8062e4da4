export const INPUT =
  'block w-full rounded-md bg-white px-3 py-1.5 text-sm text-gray-900 outline-1 -outline-offset-1 outline-gray-300 placeholder:text-gray-400 focus:outline-2 focus:-outline-offset-2 focus:outline-indigo-600 disabled:bg-gray-50 disabled:text-gray-500';
export const PRIMARY =
  'rounded-md bg-indigo-600 px-3 py-2 text-sm font-semibold text-white shadow-xs hover:bg-indigo-500 disabled:opacity-50 cursor-pointer';
export const WHITE =
  'rounded-md bg-white px-3 py-2 text-sm font-semibold text-gray-900 shadow-xs ring-1 ring-inset ring-gray-300 hover:bg-gray-50 disabled:opacity-50 cursor-pointer';
export const DANGER =
  'rounded-md bg-red-600 px-3 py-2 text-sm font-semibold text-white shadow-xs hover:bg-red-500 disabled:opacity-50 cursor-pointer';
export const LABEL = 'block text-sm font-medium text-gray-900';
export const OPTION = 'cursor-default py-2 pr-9 pl-3 text-sm text-gray-900 select-none data-focus:bg-indigo-600 data-focus:text-white data-selected:font-semibold';
export const OPTIONS = 'z-20 max-h-60 overflow-auto rounded-md bg-white py-1 shadow-lg ring-1 ring-black/5 focus:outline-none';
