/**
 * AI assistants, one a line, as `parseReferrerTable` reads them. Of the media that a Session knows they are `search`: the visitor asked,
 * and followed a link of the answer. They are told from search engines by their names.
 */
export const assistants = `
ChatGPT: .chatgpt.com chat.openai.com labs.openai.com com.openai.chatgpt
Claude: .claude.ai com.anthropic.claude
Gemini: gemini.google.com bard.google.com aistudio.google.com com.google.android.apps.bard
NotebookLM: notebooklm.google.com
Perplexity: .perplexity.ai ai.perplexity.app.android
Copilot: copilot.microsoft.com copilot.cloud.microsoft m365.cloud.microsoft/chat bing.com/chat edgeservices.bing.com com.microsoft.copilot
GitHub Copilot: github.com/copilot
Grok: .grok.com x.com/i/grok ai.x.grok
Meta AI: .meta.ai
Le Chat: chat.mistral.ai ai.mistral.chat
DeepSeek: .deepseek.com com.deepseek.chat
Qwen: chat.qwen.ai chat.qwenlm.ai tongyi.aliyun.com qianwen.aliyun.com
ChatGLM: .chatglm.cn chat.z.ai
Kimi: .kimi.com kimi.moonshot.cn
Doubao: .doubao.com
Baidu AI: yiyan.baidu.com ai.baidu.com
Yuanbao: yuanbao.tencent.com
Duck.ai: duck.ai duckduckgo.com/duckchat
You: .you.com
Poe: .poe.com
Phind: .phind.com
HuggingChat: huggingface.co/chat
Pi: pi.ai
iAsk: .iask.ai
Chat+: .chatplus.com .chat-gpt.org
Jasper: app.jasper.ai
Writesonic: app.writesonic.com
Character.AI: .character.ai
Felo: felo.ai
Genspark: .genspark.ai
Manus: manus.im
Lumo: lumo.proton.me
`
