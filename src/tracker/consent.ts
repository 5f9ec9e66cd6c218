/** Whether the visitor lets the site track. */
export type ConsentState = 'granted' | 'pending' | 'denied'
