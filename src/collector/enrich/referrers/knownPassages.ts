/**
 * Services that a visitor passes through in the midst of a visit, to pay or to sign in, one a line, as `parseReferrerTable` reads them.
 * Who comes back from there has not been led to the site by them. Only hosts that serve for that alone: the pages on which such a company
 * shows shops to its customers do lead to them.
 */
export const knownPassages = `
PayPal: paypal.com .paypal.com
Stripe: checkout.stripe.com buy.stripe.com hooks.stripe.com invoice.stripe.com
Klarna: pay.klarna.com payments.klarna.com checkout.klarna.com login.klarna.com .sofort.com
Adyen: .adyen.com .adyenpayments.com
Mollie: pay.mollie.com mollie.com/checkout
Amazon Pay: pay.amazon.* payments.amazon.*
Google Pay: pay.google.com payments.google.com
Shop Pay: shop.app/pay checkout.shopify.com
Worldpay: secure.worldpay.com payments.worldpay.com hpp.worldpay.com
Checkout.com: pay.checkout.com 3ds2.checkout.com
Braintree: .braintreegateway.com
Authorize.net: accept.authorize.net secure.authorize.net
Cardinal Commerce: .cardinalcommerce.com
Opayo: .sagepay.com .opayo.eu.elavon.com
Redsys: sis.redsys.es
PayU: secure.payu.com
Przelewy24: secure.przelewy24.pl go.przelewy24.pl
Tpay: secure.tpay.com
Datatrans: pay.datatrans.com
Saferpay: saferpay.com
PostFinance: checkout.postfinance.ch
Computop: .computop-paygate.com
iDEAL: pay.ideal.nl
Trustly: checkout.trustly.com
GoCardless: pay.gocardless.com
Afterpay: portal.afterpay.com portal.clearpay.co.uk
Paddle: buy.paddle.com checkout.paddle.com
Razorpay: api.razorpay.com checkout.razorpay.com
Paystack: checkout.paystack.com
Flutterwave: checkout.flutterwave.com
Google Account: accounts.google.*
Microsoft account: login.microsoftonline.com login.live.com login.windows.net account.live.com .b2clogin.com .ciamlogin.com
Apple Account: appleid.apple.com account.apple.com
Auth0: .auth0.com
Okta: .okta.com .okta-emea.com .oktapreview.com
OneLogin: .onelogin.com
Amazon Cognito: .amazoncognito.com
Amazon account: amazon.*/ap
`
