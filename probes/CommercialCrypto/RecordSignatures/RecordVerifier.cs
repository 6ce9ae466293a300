using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Decides one record: unwraps CMS and JWS, finds the key, tries the signature. May be used from several threads at once.</summary>
internal sealed class RecordVerifier(SignatureSettings settings)
{
    private const string Sm3Oid = "1.2.156.10197.1.401";
    private const int CmsThreshold = 200;
    private const int MaxHeader = 16 * 1024;

    /// <summary>Keys out of records that are kept; most records share theirs with others.</summary>
    private const int KeptKeys = 4096;
    private const int LongestKeptKey = 16 * 1024;

    private readonly SignatureTrial _trial = new(settings.UserId);
    private readonly ConcurrentDictionary<string, SignerKey> _keys = new(StringComparer.Ordinal);

    /// <param name="message">What the record stands for; null where the signature carries it.</param>
    /// <param name="signature">As text, decoded here.</param>
    /// <param name="keyText">A key or certificate of the record's own.</param>
    /// <param name="signedAt">As the record says.</param>
    /// <param name="thorough">See <see cref="SignatureTrial.Run"/>.</param>
    public RowVerdict Decide(byte[]? message, string signature, string? keyText, DateTimeOffset? signedAt, bool thorough)
    {
        if (SignatureText.IsCompactJws(signature.Trim()))
        {
            return Jws(message, signature.Trim(), keyText, thorough) with { SignedAt = signedAt };
        }

        return SignatureText.Decode(signature, out _) is { } bytes
            ? Decide(message, bytes, keyText, signedAt, thorough)
            : RowVerdict.Not(RowState.Failed, "签名不是十六进制或 base64 文字", message);
    }

    public RowVerdict Decide(byte[]? message, byte[] signature, string? keyText, DateTimeOffset? signedAt, bool thorough)
    {
        if (signature.Length > CmsThreshold && signature[0] == 0x30 && SignedMessage.TryRead(signature, out _) is { } cms)
        {
            return Cms(message, cms, keyText, signedAt, thorough);
        }

        if (message is null)
        {
            return RowVerdict.Not(RowState.Unusable, "签名里没有原文，也没有用 data 说明签的是哪些列");
        }

        return KeyOf(keyText, out var problem) is { } key
            ? Plain(key, message, signature, thorough) with { Message = message, SignedAt = signedAt }
            : RowVerdict.Not(RowState.Unusable, problem, message);
    }

    /// <summary>A copy of a verified record with one bit turned, through the same trial.</summary>
    public bool Notices(RowVerdict verified, bool inSignature)
    {
        var (signed, signature) = ((byte[])verified.Signed!.Clone(), (byte[])verified.Signature!.Clone());
        var target = inSignature || signed.Length == 0 ? signature : signed;
        target[^1] ^= 1;
        return _trial.Run(verified.Signer!.Key, signed, signature, thorough: true) is null;
    }

    private RowVerdict Plain(SignerKey key, byte[] signed, byte[] signature, bool thorough)
    {
        var bare = new RowVerdict { State = RowState.Verified, Signer = key, Signature = signature, Signed = signed };
        if (_trial.Run(key.Key, signed, signature, thorough) is { } fit)
        {
            return bare with { Fit = fit, Random = _trial.RandomOf(key.Key, signed, signature, fit), State = fit.IsRegular ? RowState.Verified : RowState.Deviating, Reason = fit.IsRegular ? null : $"只有按不规范的做法才验证通过：{SignatureWords.Say(fit)}" };
        }

        return bare with
        {
            State = RowState.Failed,
            Reason = SignatureTrial.IsWellFormed(signature)
                ? "签名与数据、公钥不相符"
                : $"签名 {signature.Length} 字节，应为 64 字节的 r‖s 或规范的 DER，且 r、s 在 1 到 n-1 之间",
        };
    }

    private SignerKey? KeyOf(string? keyText, out string problem)
    {
        problem = "没有公钥：用 key 给出公钥或证书文件，或用 keyColumn 指出列";
        if (string.IsNullOrWhiteSpace(keyText))
        {
            return settings.Key;
        }

        if (_keys.TryGetValue(keyText, out var known))
        {
            return known;
        }

        var key = SignerKey.TryRead(Encoding.Latin1.GetBytes(keyText), out var why);
        if (key is not null && _keys.Count < KeptKeys && keyText.Length <= LongestKeptKey)
        {
            _keys[keyText] = key;
        }

        problem = $"记录里的公钥或证书不能用：{why}";
        return key;
    }

    private RowVerdict Cms(byte[]? message, SignedMessage cms, string? keyText, DateTimeOffset? signedAt, bool thorough)
    {
        var wrapping = cms.UsesSmIdentifiers ? "GM/T 0010" : "CMS";
        if ((cms.Content?.ToArray() ?? message) is not { } content)
        {
            return RowVerdict.Not(RowState.Unusable, "签名消息里没有原文，也没有给出数据") with { Wrapping = wrapping };
        }

        if (cms.Content is { } enclosed && message is not null && !enclosed.Span.SequenceEqual(message))
        {
            return RowVerdict.Not(RowState.Failed, "签名消息里的原文与记录的数据不一致", message) with { Wrapping = wrapping };
        }

        if (cms.Signers.Count == 0)
        {
            return RowVerdict.Not(RowState.Failed, "签名消息里没有签名者", content) with { Wrapping = wrapping };
        }

        // Every signer must hold; the worst is the record's.
        var verdicts = cms.Signers.Select(s => CmsSigner(s, cms, content, keyText, thorough) with { Wrapping = wrapping, Message = content, SignedAt = signedAt ?? s.SigningTime });
        return verdicts.OrderByDescending(v => v.State is RowState.Failed ? 3 : v.State is RowState.Unusable ? 2 : (int)v.State).First();
    }

    private RowVerdict CmsSigner(MessageSigner signer, SignedMessage cms, byte[] content, string? keyText, bool thorough)
    {
        var certificate = cms.Certificates.FirstOrDefault(signer.IsNamed);
        if (certificate is not null && certificate.Key.Algorithm != "SM2")
        {
            return RowVerdict.Not(RowState.Unusable, $"签名者的密钥是 {certificate.Key.Algorithm}，不是 SM2");
        }

        SignerKey? key;
        try
        {
            key = certificate is null ? KeyOf(keyText, out _) : SignerKey.Of(certificate);
        }
        catch (CryptographicException wrong)
        {
            return RowVerdict.Not(RowState.Unusable, wrong.Message);
        }

        if (key is null)
        {
            return RowVerdict.Not(RowState.Unusable, "签名消息没有附签名者的证书，也没有用 key 给出");
        }

        if (signer.DigestOid != Sm3Oid)
        {
            return RowVerdict.Not(RowState.Unusable, $"签名者的杂凑算法 {signer.DigestOid} 不是 SM3");
        }

        if (signer.SignedAttributes is not { } attributes)
        {
            return Plain(key, content, signer.Signature.ToArray(), thorough);
        }

        if (signer.MessageDigest is not { } digest || signer.SignedContentType != cms.ContentType)
        {
            return RowVerdict.Not(RowState.Failed, "签名属性里缺少 messageDigest，或 contentType 与内容类型不一致");
        }

        // GM/T 0010 has implementations that put SM3(Z || content) here.
        var id = settings.UserId ?? Sm2.DefaultUserId.ToArray();
        return digest.Span.SequenceEqual(Sm3.HashData(content)) || digest.Span.SequenceEqual(Sm3.HashData([.. key.Key.IdentityHash(id), .. content]))
            ? Plain(key, attributes.ToArray(), signer.Signature.ToArray(), thorough)
            : RowVerdict.Not(RowState.Failed, "签名属性里的 messageDigest 与原文的 SM3 不一致");
    }

    private RowVerdict Jws(byte[]? message, string jws, string? keyText, bool thorough)
    {
        var parts = jws.Split('.');
        var algorithm = AlgorithmOf(parts[0]);
        var bare = RowVerdict.Not(RowState.Failed, "", message) with { Wrapping = "JWS", JwsAlgorithm = algorithm };
        if (algorithm is null)
        {
            return bare with { Reason = "JWS 头不是带 alg 的 JSON" };
        }

        if (parts[2].Length == 0 || algorithm.Equals("none", StringComparison.OrdinalIgnoreCase))
        {
            return bare with { Reason = $"JWS 没有签名（alg 为 {algorithm}）" };
        }

        if (algorithm is not ("SGD_SM3_SM2" or "SM2" or "SM2-SM3" or "SM3withSM2" or "SM2WithSM3"))
        {
            return bare with { State = RowState.Unusable, Reason = $"JWS 的算法 {algorithm} 不是 SM2 签名（GM/T 0125 的名称为 SGD_SM3_SM2）" };
        }

        if (Unwrapped(parts[1]) is not { } payload || Unwrapped(parts[2]) is not { } signature)
        {
            return bare with { Reason = "JWS 的段不是 base64url" };
        }

        if (parts[1].Length > 0 && message is not null && !payload.AsSpan().SequenceEqual(message))
        {
            return bare with { Reason = "JWS 里的内容与记录的数据不一致" };
        }

        if (KeyOf(keyText, out var problem) is not { } key)
        {
            return bare with { State = RowState.Unusable, Reason = problem };
        }

        var middle = parts[1].Length > 0 || message is null ? parts[1] : Base64Url.EncodeToString(message);
        return Plain(key, Encoding.ASCII.GetBytes($"{parts[0]}.{middle}"), signature, thorough) with { Wrapping = "JWS", JwsAlgorithm = algorithm, Message = message ?? payload };
    }

    private static string? AlgorithmOf(string header)
    {
        try
        {
            if (header.Length > MaxHeader || Unwrapped(header) is not { } bytes)
            {
                return null;
            }

            using var json = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 8 });
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("alg", out var name) && name.ValueKind == JsonValueKind.String
                ? new string([.. name.GetString()!.Where(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-').Take(40)])
                : null;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            // The latter where a string is no UTF-8.
            return null;
        }
    }

    private static byte[]? Unwrapped(string part)
    {
        try
        {
            return Base64Url.DecodeFromChars(part);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>As records write moments: ISO 8601, a date, seconds or milliseconds since 1970; without an offset Beijing time.</summary>
    public static DateTimeOffset? Moment(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var bare = text.Trim();
        if (bare.Length is 10 or 13 && long.TryParse(bare, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return bare.Length == 10 ? DateTimeOffset.FromUnixTimeSeconds(number) : DateTimeOffset.FromUnixTimeMilliseconds(number);
        }

        string[] formats = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFF", "yyyy/MM/dd HH:mm:ss", "yyyy-MM-dd", "yyyyMMddHHmmss", "yyyyMMdd", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];
        if (DateTime.TryParseExact(bare, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return new DateTimeOffset(local, TimeSpan.FromHours(8));
        }

        return DateTimeOffset.TryParseExact(bare, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) ? moment : null;
    }
}
