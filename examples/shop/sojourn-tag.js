/*
 * What a site needs is one tag:
 *
 *   <script async src="https://collect.example.com/sojourn.js" data-site="demo"></script>
 *
 * This file stands in its place, because the shop can be visited with a fast clock (?fast=1): it makes the same tag, with
 * other waiting times where they are wanted. It is a file of its own so that the pages work under a strict content security policy.
 */

// The stub: calls that come before the script has loaded wait for it.
window.sojourn = window.sojourn || function () { (sojourn.q = sojourn.q || []).push(arguments) }

;(() => {
  const wantsFastClock = () => {
    const asked = new URLSearchParams(location.search).get('fast')
    try {
      if (asked !== null) sessionStorage.setItem('fast', asked)
      return sessionStorage.getItem('fast') === '1'
    } catch {
      // Storage is blocked: the wish lasts for this page.
      return asked === '1'
    }
  }

  const tag = document.createElement('script')
  tag.async = true
  tag.src = '/sojourn.js'
  tag.dataset.site = 'demo'
  if (wantsFastClock()) {
    tag.dataset.idleAfterSeconds = '5'
    tag.dataset.awayAfterSeconds = '10'
  }
  document.head.append(tag)
})()
