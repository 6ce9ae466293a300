using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probing;

/// <summary>
/// Blackens secrets before anything is hashed, stored or shown: the values candidate.yaml named, wherever they occur, and in
/// text also what looks like one (Authorization and Cookie values, PEM private keys).
/// </summary>
public sealed partial class Redactor
{
    private const string Mark = "***";

    /// <summary>Shorter values would blacken ordinary text; the candidate reader refuses them.</summary>
    public const int ShortestSecret = 4;

    private readonly string[] _secrets;

    public Redactor(IEnumerable<Secret> secrets)
    {
        _secrets = [.. secrets.SelectMany(s => s.Reveal().Split('\n').Prepend(s.Reveal())).Where(s => s.Length >= ShortestSecret).SelectMany(Spellings)
            .Where(s => s.Length >= ShortestSecret).Distinct(StringComparer.Ordinal).OrderByDescending(s => s.Length).ThenBy(s => s, StringComparer.Ordinal)];
    }

    public static Redactor None { get; } = new([]);

    /// <returns>The blackened copy and the number of passages blackened.</returns>
    public (byte[] Bytes, int Count) Redact(ReadOnlySpan<byte> bytes, string mediaType)
    {
        if (!IsText(mediaType))
        {
            return RedactBinary(bytes.ToArray());
        }

        // Latin-1 maps every byte to one character and back, whatever encoding the candidate used.
        var latin = Encoding.Latin1.GetString(bytes);
        var (text, count) = RedactPatterns(latin);
        var (cleaned, more) = RedactBinary(Encoding.Latin1.GetBytes(text));
        return (cleaned, count + more);
    }

    /// <summary>Blackens the named values alone and keeps the length: for text that is read again, where <c>authorization: env:NAME</c> has to stay.</summary>
    public byte[] RedactNamed(ReadOnlySpan<byte> bytes) => RedactBinary(bytes.ToArray()).Bytes;

    /// <summary>Whether a named value, in any spelling, occurs in the text.</summary>
    public bool Finds(string text) => _secrets.Any(s => text.Contains(s, StringComparison.Ordinal));

    public string Redact(string text)
    {
        foreach (var secret in _secrets)
        {
            text = text.Replace(secret, Mark, StringComparison.Ordinal);
        }

        return RedactPatterns(text).Text;
    }

    /// <summary>Blackens every string value of a JSON tree.</summary>
    public JsonElement Redact(JsonElement element) =>
        Blackens(element) ? JsonSerializer.SerializeToElement(Walk(JsonNode.Parse(element.GetRawText())), ObservationJson.Compact) : element;

    private bool Blackens(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    if (Blackens(member.Value))
                    {
                        return true;
                    }
                }

                return false;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    if (Blackens(item))
                    {
                        return true;
                    }
                }

                return false;
            case JsonValueKind.String:
                return element.GetString() is { } text && !string.Equals(Redact(text), text, StringComparison.Ordinal);
            default:
                return false;
        }
    }

    private JsonNode? Walk(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                {
                    var walked = Walk(value);
                    if (!ReferenceEquals(walked, value))
                    {
                        members[name] = walked;
                    }
                }

                return members;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    var walked = Walk(items[i]);
                    if (!ReferenceEquals(walked, items[i]))
                    {
                        items[i] = walked;
                    }
                }

                return items;
            case JsonValue value when value.TryGetValue<string>(out var text):
                var redacted = Redact(text);
                return ReferenceEquals(redacted, text) || redacted == text ? value : JsonValue.Create(redacted);
            default:
                return node;
        }
    }

    private (byte[] Bytes, int Count) RedactBinary(byte[] bytes)
    {
        var count = 0;
        foreach (var secret in _secrets)
        {
            var needle = Encoding.UTF8.GetBytes(secret);
            var from = 0;
            for (var at = bytes.AsSpan().IndexOf(needle); at >= 0; at = bytes.AsSpan(from).IndexOf(needle))
            {
                // Goes on behind the blackened place: a secret of asterisks would be found there for ever.
                bytes.AsSpan(from + at, needle.Length).Fill((byte)'*');
                from += at + needle.Length;
                count++;
            }
        }

        return (bytes, count);
    }

    private static (string Text, int Count) RedactPatterns(string text)
    {
        var count = 0;
        var cleaned = HeaderValue().Replace(text, match =>
        {
            count++;
            return match.Groups["name"].Value + Mark;
        });
        cleaned = PrivateKey().Replace(cleaned, match =>
        {
            count++;
            return match.Groups["begin"].Value + Mark + match.Groups["end"].Value;
        });
        return (cleaned, count);
    }

    /// <summary>The value, its credentials without the scheme word, and for Basic (RFC 7617) the password inside; each as it may be written.</summary>
    private static IEnumerable<string> Spellings(string secret)
    {
        var credentials = secret[(secret.IndexOf(' ', StringComparison.Ordinal) + 1)..].Trim();
        var pair = secret.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) ? Decoded(credentials) : null;
        var password = pair?[(pair.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return new[] { secret, credentials, pair, password }.OfType<string>().Where(s => s.Length >= ShortestSecret).SelectMany(Encodings);
    }

    /// <summary>It may come back percent-encoded, as a path of a URL, in base64 or hexadecimal, in one case, or escaped for JSON or HTML.</summary>
    private static IEnumerable<string> Encodings(string value)
    {
        var escaped = Uri.EscapeDataString(value);
        var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(value));
        return
        [
            value, escaped, PercentDigits().Replace(escaped, m => m.Value.ToLowerInvariant()), escaped.Replace("%20", "+", StringComparison.Ordinal),
            new UriBuilder("http", "x") { Path = value.Replace('?', '/').Replace('#', '/') }.Uri.AbsolutePath[1..],
            JsonEncodedText.Encode(value).ToString(), System.Net.WebUtility.HtmlEncode(value),
            base64, base64.TrimEnd('='), base64.TrimEnd('=').Replace('+', '-').Replace('/', '_'),
            value.ToUpperInvariant(), value.ToLowerInvariant(),
            Convert.ToHexString(Encoding.UTF8.GetBytes(value)), Convert.ToHexStringLower(Encoding.UTF8.GetBytes(value)),
        ];
    }

    private static string? Decoded(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }

    [GeneratedRegex("%[0-9A-F]{2}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PercentDigits();

    private static bool IsText(string mediaType) =>
        mediaType.StartsWith("text/", StringComparison.Ordinal) || mediaType.StartsWith("message/", StringComparison.Ordinal)
        || mediaType.Contains("json", StringComparison.Ordinal) || mediaType.Contains("xml", StringComparison.Ordinal);

    // Both patterns run in linear time without NonBacktracking, whose automaton alone costs a short run a tenth of a second.
    [GeneratedRegex(@"(?<name>\b(?:(?:Proxy-)?Authorization|Cookie)[ \t]{0,8}:[ \t]{0,8})[^\r\n]+|(?<name>\bSet-Cookie[ \t]{0,8}:[ \t]{0,8}[^=;\r\n]{1,256}=)[^;\r\n]+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex HeaderValue();

    [GeneratedRegex("(?<begin>-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----)[^-]+(?<end>-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----)",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex PrivateKey();
}
