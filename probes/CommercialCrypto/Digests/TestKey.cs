using System.Text;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>A key somebody handed over for trials. Only the form is ever shown.</summary>
/// <param name="Form">十六进制, Base64 or 文字.</param>
/// <param name="Bytes">The key.</param>
internal sealed record TestKey(string Form, byte[] Bytes)
{
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
