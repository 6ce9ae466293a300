using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>Digests of a package as it arrives, and which of them a sender's value is.</summary>
internal sealed class TransferDigest : IDisposable
{
    private readonly Sm3 _sm3 = new();
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
#pragma warning disable CA5350, CA5351 // recognised, to say that a sender uses them
    private readonly IncrementalHash _sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5350, CA5351

    private byte[][]? _values;

    public long Bytes { get; private set; }

    public string Sm3Hex => Convert.ToHexStringLower(Values[0]);

    public string Sha256Hex => Convert.ToHexStringLower(Values[1]);

    private static string[] Names { get; } = ["SM3", "SHA-256", "SHA-1", "MD5"];

    private byte[][] Values => _values ??= [_sm3.GetHashAndReset(), _sha256.GetHashAndReset(), _sha1.GetHashAndReset(), _md5.GetHashAndReset()];

    public void Append(ReadOnlySpan<byte> data)
    {
        _sm3.Append(data);
        _sha256.AppendData(data);
        _sha1.AppendData(data);
        _md5.AppendData(data);
        Bytes += data.Length;
    }

    /// <param name="given">Hexadecimal or Base64, as senders write it.</param>
    /// <returns>Name of the algorithm whose value it is; null where it is the value of none.</returns>
    public string? AlgorithmOf(string given)
    {
        var bytes = Decode(given.Trim());
        var at = bytes is null ? -1 : Array.FindIndex(Values, v => CryptographicOperations.FixedTimeEquals(v, bytes));
        return at < 0 ? null : Names[at];
    }

    public void Dispose()
    {
        _sha256.Dispose();
        _sha1.Dispose();
        _md5.Dispose();
    }

    private static byte[]? Decode(string given)
    {
        if (given.Length is 32 or 40 or 64 && given.All(char.IsAsciiHexDigit))
        {
            return Convert.FromHexString(given);
        }

        var bytes = new byte[given.Length];
        return given.Length <= 100 && Convert.TryFromBase64String(given, bytes, out var written) ? bytes[..written] : null;
    }
}
