declare const write: any;
export default write;
