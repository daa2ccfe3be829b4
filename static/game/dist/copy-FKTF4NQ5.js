import{a}from"./chunk-7HZXF2H3.js";export{a as copyText};
