/* The language of the pages, and the translations of the strings in scripts. A build for another language replaces
   this file. */

/** A code that `Intl` knows. @type {string} */
export const language = "en-GB";

/** The translation of each string, or of each plural by its category. @type {Record<string, string | Record<string, string>>} */
export const texts = {};
