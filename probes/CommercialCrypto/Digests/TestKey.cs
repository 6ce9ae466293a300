using System.Text;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>A key somebody handed over for trials. Only the form is ever shown.</summary>
/// <param name="Form">十六进制, Base64 or 文字.</param>
/// <param name="Bytes">The key.</param>
internal sealed record TestKey(string Form, byte[] Bytes)
{
    /// <summary>Everybody has it; see <see cref="PublicKeys"/>.</summary>
    public bool IsPublic { get; init; }

    /// <summary>The key stands in the data it is to protect.</summary>
    public bool IsBesideData { get; init; }

    /// <summary>So few bits that they can be counted through: of letters by their kinds, of bytes by their number.</summary>
    public bool IsGuessable
    {
        get
        {
            const double least = 80, bitsOfDigit = 3.3, bitsOfLetter = 4.7, bitsOfBoth = 5.95, bitsOfAll = 6.55;
            var text = Form == "文字" ? Encoding.UTF8.GetString(Bytes) : null;
            var each = text is null ? 8
                : text.All(char.IsAsciiDigit) ? bitsOfDigit
                : text.All(char.IsAsciiLetterLower) || text.All(char.IsAsciiLetterUpper) ? bitsOfLetter
                : text.All(char.IsAsciiLetterOrDigit) ? text.Any(char.IsAsciiLetterLower) && text.Any(char.IsAsciiLetterUpper) ? bitsOfBoth : bitsOfLetter
                : bitsOfAll;
            return each * (text?.Length ?? Bytes.Distinct().Count()) < least;
        }
    }

    /// <summary>For people, as the object of a sentence: never the key itself.</summary>
    public string Words => IsPublic ? $"人人皆知的密钥（{Form}）" : IsBesideData ? "表里就有的密钥" : $"{(IsGuessable ? "不足 80 比特、可以猜出的" : "")}{Form}密钥";

    /// <summary>Every way the secret can be read as bytes: what stands in a file is seldom labelled.</summary>
    public static IReadOnlyList<TestKey> Of(Secret? secret)
    {
        if (secret?.Reveal().Trim() is not { Length: > 0 } text)
        {
            return [];
        }

        var keys = new List<TestKey>();
        if (BinaryText.Hex(text) is { } hex)
        {
            keys.Add(new("十六进制", hex));
        }

        keys.Add(new("文字", Encoding.UTF8.GetBytes(text)));
        if (BinaryText.Base64(text) is { } base64)
        {
            keys.Add(new("Base64", base64));
        }

        return keys;
    }

    public override string ToString() => $"{Form} {Bytes.Length} 字节";
}
