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

    /// <summary>The text it was decoded from or computed of; null where it is nothing but itself.</summary>
    public byte[]? Source { get; init; }

    /// <summary>So few bits that they can be counted through, in the key or in what it was made of.</summary>
    public bool IsGuessable => KeyBits.AtMost(Bytes) < KeyBits.Fewest || (Source is { } source && KeyBits.AtMost(source) < KeyBits.Fewest);

    /// <summary>For people, as the object of a sentence: never the key itself.</summary>
    public string Words => IsPublic ? $"人人皆知的密钥（{Form}）" : IsBesideData ? "表里就有的密钥" : $"{(IsGuessable ? "不足 80 比特、可以猜出的" : "")}{Form}密钥";

    /// <summary>Every way the secret can be read as bytes: what stands in a file is seldom labelled.</summary>
    public static IReadOnlyList<TestKey> Of(Secret? secret)
    {
        if (secret?.Reveal().Trim() is not { Length: > 0 } text)
        {
            return [];
        }

        var (keys, written) = (new List<TestKey>(), Encoding.UTF8.GetBytes(text));
        if (BinaryText.Hex(text) is { } hex)
        {
            keys.Add(new("十六进制", hex) { Source = written });
        }

        keys.Add(new("文字", written));
        if (BinaryText.Base64(text) is { } base64)
        {
            keys.Add(new("Base64", base64) { Source = written });
        }

        return keys;
    }

    public override string ToString() => $"{Form} {Bytes.Length} 字节";
}
