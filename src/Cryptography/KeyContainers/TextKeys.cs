using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>openssh-key-v1: cipher, derivation and its options stand before the keys.</summary>
internal static class OpenSshKey
{
    private static ReadOnlySpan<byte> Magic => "openssh-key-v1\0"u8;

    public static KeyContainer? TryRead(ReadOnlySpan<byte> body, out string? problem)
    {
        problem = "OPENSSH PRIVATE KEY 段不以 openssh-key-v1 开头，或在中途结束";
        if (!body.StartsWith(Magic))
        {
            return null;
        }

        var rest = body[Magic.Length..];
        if (!TryTake(ref rest, out var cipher) || !TryTake(ref rest, out var kdf) || !TryTake(ref rest, out var options))
        {
            return null;
        }

        problem = null;
        var isClear = cipher.SequenceEqual("none"u8);
        long? rounds = TryTake(ref options, out _) && options.Length >= 4 ? BinaryPrimitives.ReadUInt32BigEndian(options) : null;
        return new KeyContainer
        {
            Format = KeyContainerFormat.OpenSsh,
            IsClear = isClear,
            Algorithm = rest.Length > 4 && TryTake(ref rest, 4, out var key) && TryTake(ref key, out var name) ? KeyContainerReader.Word(name) : null,
            Kdf = isClear ? null : KeyContainerReader.Word(kdf),
            Iterations = isClear ? null : rounds,
            Cipher = isClear ? null : KeyContainerReader.Word(cipher),
            WhyNoTrial = "不尝试 OpenSSH 的 bcrypt 口令",
        };
    }

    private static bool TryTake(ref ReadOnlySpan<byte> rest, int skip, out ReadOnlySpan<byte> item)
    {
        rest = rest[skip..];
        return TryTake(ref rest, out item);
    }

    private static bool TryTake(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> item)
    {
        item = default;
        if (rest.Length < 4 || BinaryPrimitives.ReadUInt32BigEndian(rest) is var length && length > rest.Length - 4)
        {
            return false;
        }

        item = rest.Slice(4, (int)length);
        rest = rest[(4 + (int)length)..];
        return true;
    }
}

/// <summary>PuTTY-User-Key-File: the lines Encryption and, from version 3 on, Key-Derivation and Argon2-Passes.</summary>
internal static class PuttyKey
{
    private const int HeadBytes = 4096;

    public static KeyContainer Read(ReadOnlySpan<byte> file)
    {
        var lines = Encoding.Latin1.GetString(file[..Math.Min(file.Length, HeadBytes)]).Split('\n', StringSplitOptions.TrimEntries);
        string? Value(string name) => Array.Find(lines, l => l.StartsWith(name + ": ", StringComparison.Ordinal))?[(name.Length + 2)..];
        var cipher = Value("Encryption");
        var isClear = cipher is null ? default(bool?) : cipher == "none";
        var isOld = lines[0].StartsWith("PuTTY-User-Key-File-2", StringComparison.Ordinal) || lines[0].StartsWith("PuTTY-User-Key-File-1", StringComparison.Ordinal);
        return new KeyContainer
        {
            Format = KeyContainerFormat.Putty,
            IsClear = isClear,
            Algorithm = KeyContainerReader.Word(Encoding.Latin1.GetBytes(lines[0][(lines[0].IndexOf(':', StringComparison.Ordinal) + 1)..].Trim())),
            Kdf = isClear == true ? null : isOld ? "SHA-1" : Value("Key-Derivation"),
            Iterations = isClear == true ? null : isOld ? 1 : long.TryParse(Value("Argon2-Passes"), NumberStyles.None, CultureInfo.InvariantCulture, out var passes) ? passes : null,
            Cipher = isClear == true ? null : cipher,
            WhyNoTrial = "不尝试 PuTTY 的口令",
        };
    }
}

/// <summary>A JSON Web Key with a private part (RFC 7518 §6, RFC 8037).</summary>
internal static class JsonWebKey
{
    private const int MaxBytes = 256 * 1024;
    private const int MaxKeys = 1000;

    public static KeyContainer? TryRead(ReadOnlyMemory<byte> file)
    {
        if (file.Length > MaxBytes || file.Span.TrimStart(" \t\r\n"u8) is not [(byte)'{', ..])
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(file, new JsonDocumentOptions { MaxDepth = 8 });
            var keys = json.RootElement.TryGetProperty("keys", out var set) && set.ValueKind == JsonValueKind.Array ? set.EnumerateArray().Take(MaxKeys).ToList() : [json.RootElement];
            return keys.Find(IsPrivate) is { ValueKind: JsonValueKind.Object } found
                ? new KeyContainer { Format = KeyContainerFormat.Jwk, IsClear = true, Algorithm = KeyContainerReader.Word(Encoding.UTF8.GetBytes(Curve(found))) }
                : null;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsPrivate(JsonElement key) =>
        key.ValueKind == JsonValueKind.Object && key.TryGetProperty("kty", out var type) && type.ValueKind == JsonValueKind.String
        && (key.TryGetProperty("d", out _) || (type.GetString() == "oct" && key.TryGetProperty("k", out _)));

    private static string Curve(JsonElement key) =>
        key.TryGetProperty("crv", out var curve) && curve.ValueKind == JsonValueKind.String ? curve.GetString()! : key.GetProperty("kty").GetString()!;
}

/// <summary>PEM with Proc-Type and DEK-Info (RFC 1421): the key is MD5 of passphrase and salt, once.</summary>
internal static class TraditionalPem
{
    public static KeyContainer Read(string label, string scheme, ReadOnlyMemory<byte> body)
    {
        var comma = scheme.IndexOf(',', StringComparison.Ordinal);
        var name = KeyContainerReader.Word(Encoding.Latin1.GetBytes(comma < 0 ? scheme : scheme[..comma]));
        var (format, algorithm) = label switch
        {
            "RSA PRIVATE KEY" => (KeyContainerFormat.Pkcs1, "RSA"),
            "DSA PRIVATE KEY" => (KeyContainerFormat.Dsa, "DSA"),
            "SM2 PRIVATE KEY" => (KeyContainerFormat.Sec1, "SM2"),
            "EC PRIVATE KEY" => (KeyContainerFormat.Sec1, "ECDSA"),
            _ => (KeyContainerFormat.Pkcs8, null),
        };
        var bare = new KeyContainer { Format = format, IsClear = false, Algorithm = algorithm == "ECDSA" ? null : algorithm, Kdf = "MD5（EVP_BytesToKey）", Iterations = 1, Cipher = name };
        return KeyCipher.FindByName(name) is { } cipher && Iv(scheme[(comma + 1)..].Trim()) is { } iv && iv.Length == cipher.BlockBytes
            ? bare with { Check = new BytesToKeyCheck(cipher, iv, body.ToArray()) }
            : bare with { WhyNoTrial = $"不认识 DEK-Info 里的密码算法 {name}" };
    }

    private static byte[]? Iv(string hex) => hex.Length is 16 or 32 && hex.All(char.IsAsciiHexDigit) ? Convert.FromHexString(hex) : null;

    private sealed class BytesToKeyCheck(KeyCipher cipher, byte[] iv, byte[] content) : IPassphraseCheck
    {
        public long Cost => 2;

        public bool Opens(string passphrase)
        {
            var password = Encoding.UTF8.GetBytes(passphrase);
            var key = new List<byte>();
            byte[] last = [];
            while (key.Count < cipher.KeyBytes)
            {
                last = CryptographicOperations.HashData(HashAlgorithmName.MD5, [.. last, .. password, .. iv.AsSpan(0, 8)]);
                key.AddRange(last);
            }

            return cipher.Opens([.. key.Take(cipher.KeyBytes)], iv, content);
        }
    }
}
