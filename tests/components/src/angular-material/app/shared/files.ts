const cell = (value: string) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

export const toCsv = (lines: string[][]) => lines.map((line) => line.map(cell).join(',') + '\r\n').join('');

export function saveCsv(filename: string, lines: string[][]): void {
  const url = URL.createObjectURL(new Blob(['\ufeff', toCsv(lines)], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = filename;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
