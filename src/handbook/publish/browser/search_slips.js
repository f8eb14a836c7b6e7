/* Counts the slips between two words, as `search/slips.py` does. */

/**
 * Returns the number of slips between two words: letters left out, added, changed or swapped.
 *
 * @param {string} one
 * @param {string} other
 * @param {number} most
 */
export function slips(one, other, most) {
  [one, other] = withoutCommonEnds(one, other);
  if (most === 1) {
    const isSwapped = one.length === 2 && other.length === 2 && one[0] === other[1] && one[1] === other[0];
    return isSwapped ? 1 : Math.max(one.length, other.length);
  }
  /** @type {number[]} */
  let before = [];
  /** @type {number[]} */
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const older = before;
    before = row;
    row = [i];
    let least = i;
    for (let j = 1; j <= other.length; j++) {
      let cost = Math.min((before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (before[j - 1] ?? 0) + Number(one[i - 1] !== other[j - 1]));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) cost = Math.min(cost, (older[j - 2] ?? 0) + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return most + 1;
  }
  return row[other.length] ?? 0;
}

/**
 * Returns what is left of two words without the letters that both begin and end with.
 *
 * @param {string} one
 * @param {string} other
 * @returns {[string, string]}
 */
function withoutCommonEnds(one, other) {
  const length = Math.min(one.length, other.length);
  let start = 0;
  while (start < length && one[start] === other[start]) start++;
  let end = 0;
  while (end < length - start && one[one.length - 1 - end] === other[other.length - 1 - end]) end++;
  return [one.slice(start, one.length - end), other.slice(start, other.length - end)];
}
