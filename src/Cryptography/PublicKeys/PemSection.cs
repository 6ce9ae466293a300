using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>One labelled section of a PEM text (RFC 7468).</summary>
internal sealed record PemSection(string Label, byte[] Der)
{
    /// <summary>Longest PEM text read, in characters.</summary>
    private const int MaxCharacters = 1024 * 1024;

    /// <summary>Finds the first section bearing one of the labels.</summary>
    /// <exception cref="CryptographicException">The text is too long or holds no such section.</exception>
    public static PemSection Require(string pem, params ReadOnlySpan<string> labels)
    {
        ArgumentNullException.ThrowIfNull(pem);
        if (pem.Length > MaxCharacters)
        {
            throw new CryptographicException($"PEM 文本长 {pem.Length} 字符，超过上限 {MaxCharacters}。");
        }

        ReadOnlySpan<char> rest = pem;
        while (PemEncoding.TryFind(rest, out var fields))
        {
            var label = rest[fields.Label].ToString();
            if (labels.Contains(label))
            {
                return new PemSection(label, Convert.FromBase64String(rest[fields.Base64Data].ToString()));
            }

            rest = rest[fields.Location.End..];
        }

        throw new CryptographicException($"PEM 文本中没有 {string.Join(" 或 ", labels.ToArray())} 段。");
    }

    public static string Write(string label, ReadOnlySpan<byte> der) => PemEncoding.WriteString(label, der) + "\n";
}
