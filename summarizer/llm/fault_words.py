"""What endpoints say when they refuse, as data: codes and phrases in English and Chinese, each with who says so.

Faults are read by what they say and not by who says it, because gateways pass on the words of whatever stands behind them.
Phrases are regular expressions on the lower-cased code, type and text; the first kind with a match holds, in the order below.
"""

from __future__ import annotations

import re
from enum import StrEnum

__all__ = ["FaultKind", "kind_by_code", "kind_by_words", "wants_stream"]


class FaultKind(StrEnum):
    """Kinds that are treated differently; the value is what the user reads first."""

    RATE_LIMITED = "rate limit"
    QUOTA = "quota used up"
    ACCESS = "key refused"
    MODEL = "no such model"
    ADDRESS = "wrong address"
    SERVER = "server error"
    TIMEOUT = "timeout"
    UNREACHABLE = "endpoint unreachable"
    CONNECTION = "connection lost"
    DAMAGED = "damaged reply"
    FILTERED = "content filter"
    TOO_LONG = "context too long"
    REJECTED = "request rejected"


_CODES: dict[FaultKind, str] = {
    # OpenAI, Azure, OpenRouter; DashScope; Moonshot; Volcengine; MiniMax 1008; Zhipu 1113; Qianfan
    FaultKind.QUOTA: (
        "insufficient_quota insufficient_user_quota arrearage exceeded_current_quota_error accountoverdueerror 1008 1113"
        " insufficient_balance billing_insufficient_balance billing_hard_limit_reached payment_required 30001 pre_consume_token_quota_failed"
        " 1309 1304 1308 1310 quota_exceeded insufficient_credit insufficient_credits insufficient_funds allocationquota.freetieronly"
    ),
    # OpenAI, Azure; DashScope; Zhipu; Volcengine; Qianfan; MiniMax 1026, 1027
    FaultKind.FILTERED: (
        "content_filter contentfilter content_policy_violation data_inspection_failed datainspectionfailed 1301 1026 1027"
        " sensitivecontentdetected inputtextriskdetection outputtextriskdetection sensitivecontentdetected.severeviolation"
        " inputtextsensitivecontentdetected outputtextsensitivecontentdetected moderation_blocked safety_check_failed"
        " content_filter_error responsibleaipolicyviolation"
    ),
    # OpenAI, vLLM; Zhipu; Qianfan; MiniMax 1039
    FaultKind.TOO_LONG: (
        "context_length_exceeded string_above_max_length 1261 tokens_too_long characters_too_long 1039"
        " exceed_context_size_error context_window_exceeded contextwindowexceedederror model_max_prompt_tokens_exceeded"
    ),
    # OpenAI, DashScope, Moonshot, Volcengine, Zhipu 1000-1004, MiniMax 1004, 2049
    FaultKind.ACCESS: (
        "invalid_api_key invalidapikey invalid_authentication_error invalid_authentication authenticationerror authentication_error"
        " 1000 1001 1002 1003 1004 2049 invalid_iam_token unauthorized apikey_invalid api_key_invalid incorrect_api_key_error"
        " 1110 1111 1112 1121 account_deactivated"
    ),
    # OpenAI, vLLM, DashScope, Volcengine, SiliconFlow 20012, Zhipu 1211, Qianfan
    FaultKind.MODEL: (
        "model_not_found modelnotfound model_not_exist modelnotopen invalidendpointormodel.notfound invalidendpoint.notfound"
        " model_not_available 20012 1211 1221 1311 invalid_model model_decommissioned deploymentnotfound model_not_supported"
        " invalidendpoint.closedendpoint unsupportedmodel"
    ),
    # OpenAI, Moonshot, DashScope, Volcengine, Zhipu
    FaultKind.RATE_LIMITED: (
        "rate_limit_exceeded rate_limit_error rate_limit_reached_error rate_limit throttling throttling.ratequota"
        " throttling.allocationquota throttling.burstrate ratelimitexceeded.endpointrpmexceeded ratelimitexceeded.endpointtpmexceeded"
        " too_many_requests 1302 1303 1305 1312 limit_burst_rate limit_requests rpm_rate_limit_exceeded tpm_rate_limit_exceeded"
        " modelaccountrpmratelimitexceeded modelaccounttpmratelimitexceeded accountratelimitexceeded apiaccountrpmratelimitexceeded"
    ),
    FaultKind.SERVER: "engine_overloaded_error engine_overloaded serveroverloaded overloaded_error server_error internal_error 50505 50501",
}
"""Codes by their kind; the names of whoever uses them stand above each row."""

_PHRASES: dict[FaultKind, tuple[str, ...]] = {
    FaultKind.FILTERED: (
        "content exists risk",  # DeepSeek: 400 without a code
        "inappropriate content",  # DashScope: "Input data may contain inappropriate content."
        r"content[ _](?:management policy|filter|policy)",  # Azure: "triggering Azure OpenAI's content management policy"
        "sensitive content|sensitive information|high risk",  # Volcengine; Moonshot: "considered high risk"
        "敏感|违规内容|内容安全|不合规|安全审核|风险内容|不安全",  # Zhipu: 系统检测到输入或生成内容可能包含不安全或敏感内容
        "flagged (?:by|as|for)|safety (?:system|policy|filter)|prompt was blocked",  # gateways of Google's and xAI's models
    ),
    FaultKind.TOO_LONG: (
        r"maximum context length|context[ _-]?(?:length|size|window)[^.。]{0,60}(?:exceed|too|larger|longer|over|limit|超)",
        r"exceed\w*[^.。]{0,60}(?:context|max(?:imum)?[ _](?:input|prompt|seq\w*|message)[ _]?(?:len\w*|tokens?)?|token limit)",
        "contextwindowexceeded|context_length_exceeded",  # litellm's proxy
        r"(?:prompt|input|request|message)s?(?: \w+){0,3} (?:is|are|was) too (?:long|large)|too many (?:input )?tokens",
        r"range of input length|longer than the model|input length \d+ exceeds",  # DashScope; SGLang
        r"prompt_tokens \(\d+\) must be less|must be less than max_seq_len",  # SiliconFlow
        r"`?inputs`? tokens \+ `?max_new_tokens`?",  # text-generation-inference
        "prompt tokens too long|max input characters|payload too large|entity too large",  # Qianfan; HTTP 413
        r"超长|过长|(?:输入|上下文|提示词|请求|token|tokens|内容)[^,.，。]{0,16}(?:超过|超出|大于)[^.。]{0,20}(?:最大|限制|上限|长度|模型)",
        r"(?:超过|超出)(?:了)?(?:模型|最大|系统)?[^,.，。]{0,10}(?:上下文|输入|token)[^,.，。]{0,8}(?:长度|上限|限制|窗口)",
    ),
    FaultKind.QUOTA: (
        r"insufficient (?:account )?(?:balance|funds?|credits?|quota)|(?:balance|credits?|funds?)[^.]{0,30}(?:not enough|insufficient|too low|exhausted|negative)",
        "current quota, please check|plan and billing|billing details|hard limit|spending limit|monthly limit",  # OpenAI, Moonshot
        r"arrear|overdue|good standing|payment required|account[^.]{0,20}suspended",  # DashScope, Volcengine, Moonshot
        r"(?:free|daily|monthly)[^.]{0,40}(?:quota|allocation|allowance|tier)[^.]{0,30}(?:exhaust|exceed|used up|depleted|reached)",
        r"exceed\w*[^.]{0,30}(?:monthly|daily|free|included|total)[^.]{0,30}(?:quota|credits?|allowance)",
        r"(?:quota|credits?)[^.]{0,10}exceed\w*[^.]{0,20}(?:today|\bday|month)",
        r"(?:quota|credits?|tokens?)[^.]{0,20}(?:exhaust|used up|depleted|run out)|(?:out of|used up)[^.]{0,20}(?:credits?|quota|balance)",
        "欠费|余额不足|余额已用|余额为|额度不足|额度已|额度用|免费额度|请充值|充值后|套餐[^,.，。]{0,10}(?:到期|用完|耗尽|用尽)|配额[^,.，。]{0,6}(?:用尽|耗尽|不足|用完)|使用上限|欠款",
    ),
    FaultKind.ACCESS: (
        r"(?:invalid|incorrect|wrong|missing|expired|malformed|unrecognized|disabled|revoked)[^.]{0,20}(?:api[ _-]?key|\btoken\b|credential|access key|authentication|authorization)",
        r"(?:api[ _-]?key|access token|auth\w* token|credentials?)[^.]{0,40}(?:invalid|incorrect|expired|not (?:valid|found|provided|exist)|missing|required|revoked|wrong|disabled)",
        r"authentication (?:fails|failed|error)|unauthori[sz]ed|unauthenticated|not authenticated|no api[ _-]?key|no cookie auth",
        "(?:无效|错误|非法|过期|失效|不正确|缺少|未提供|不存在)[^,.，。]{0,8}(?:令牌|密钥|api ?key|token|凭证|apikey)",
        "(?:令牌|密钥|api ?key|token|凭证|apikey|鉴权|身份验证|认证)[^,.，。]{0,10}(?:无效|错误|非法|过期|失效|不正确|失败|不存在|未通过|缺失|被禁用)",
    ),
    FaultKind.MODEL: (
        r"model[^.\n]{0,80}(?:not (?:be )?found|not exist|does not exist|doesn't exist|not loaded|not available|unavailable|not been activated|no longer|decommission|retired|deprecated)",
        r"(?:not find|not found|no such|unknown|invalid|unsupported|unrecognized|nonexistent|not activated) (?:the |a |any )?(?:model|deployment)\b",
        r"is not a valid model|try pulling it first|no (?:available )?(?:channel|endpoint|provider|deployment)s?[^.]{0,20}(?:for|found)[^.]{0,20}model",
        "deployment[^.]{0,60}(?:does not exist|not found)",  # Azure
        "模型[^,.，。]{0,40}(?:不存在|未找到|未开通|已下线|已停用|不可用|无权限|没有权限)|(?:不存在|找不到|未知|无效)的?模型|无可用渠道",
    ),
    FaultKind.RATE_LIMITED: (
        r"rate[ _-]?limit|too many (?:concurrent )?requests|throttl|requests? per (?:min|sec|day)|tokens? per (?:min|day)|\b[rt]pm\b|\bqps\b",
        r"(?:concurrency|concurrent|frequency)[^.]{0,40}(?:limit|exceed|high|reached)|slow down",
        "频率|限流|请求过多|请求过于|过于频繁|并发|限速|访问量过大|速率|请求数超",
    ),
    FaultKind.SERVER: (
        r"overload|(?:server|service|system|model)[^.]{0,12}busy|temporarily unavailable|try again later",
        "繁忙|过载|稍后再试|稍后重试|服务不可用|系统异常|内部错误",
    ),
}
"""Phrases by kind, tried in this order: a filter's or a length's words come before those of money and of pace."""

_BY_CODE = {code: kind for kind, codes in _CODES.items() for code in codes.split()}
_BY_WORDS = [(kind, re.compile("|".join(phrases))) for kind, phrases in _PHRASES.items()]

_STREAM = re.compile(
    r"only supports? (?:the )?stream|stream(?:ing)? (?:mode )?(?:only|is required|must be (?:true|enabled))|enable the stream"
    r"|non-?streaming (?:calls?|requests?|mode)?[^.]{0,30}(?:not|un)[ -]?(?:be )?(?:support|allow|available)|must (?:use|be) stream"
    r"|not support non-?stream|stream=false|stream[^.]{0,12}(?:must|should|has to) be (?:set to )?true|[仅只]支持流式|不支持非流式|须[^.。]{0,6}流式"
)
"""DashScope: "This model only support stream mode, please enable the stream parameter"; ModelScope: "can not be support when
`stream=False`"; the same in Chinese."""


def kind_by_code(*codes: str | None) -> FaultKind | None:
    """The kind that one of these codes or types says for itself."""
    return next((_BY_CODE[code.lower()] for code in codes if code and code.lower() in _BY_CODE), None)


def kind_by_words(text: str) -> FaultKind | None:
    """The kind that the text says, None when it says nothing that is known."""
    lowered = text.lower()
    return next((kind for kind, phrases in _BY_WORDS if phrases.search(lowered)), None)


def wants_stream(text: str) -> bool:
    """Whether the endpoint says that it answers only as a stream."""
    return _STREAM.search(text.lower()) is not None
