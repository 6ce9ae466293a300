using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>One pass over the content of a file: both digests, its length, and its bytes as far as they are kept.</summary>
internal sealed class ContentReading
{
    /// <summary>Longer files are kept as their beginning alone.</summary>
    public const int KeptBytes = 64 * 1024 * 1024;
    private const int HeadBytes = 64 * 1024;
    private const int BufferBytes = 128 * 1024;

    public long Length { get; private set; }

    public string? Sm3 { get; private set; }

    public string? Sha256 { get; private set; }

    /// <summary>Everything, or the beginning where <see cref="IsWhole"/> is false.</summary>
    public byte[] Bytes { get; private set; } = [];

    /// <summary>By name of the algorithm, lower-case hexadecimal.</summary>
    public Dictionary<string, string> Others { get; } = new(StringComparer.Ordinal);

    public bool IsWhole => Bytes.Length == Length;

    /// <param name="stream">Read to its end.</param>
    /// <param name="hashes">False where the digests are had elsewhere.</param>
    /// <param name="others">Names of further digests: MD5, SHA-1, SHA-512.</param>
    /// <param name="stop">The probe's clock.</param>
    /// <exception cref="ContainerException">The content is not what the container says.</exception>
    public static ContentReading Of(Stream stream, bool hashes, IReadOnlyList<string> others, CancellationToken stop)
    {
        var reading = new ContentReading();
        using var kept = new MemoryStream();
        var sm3 = hashes ? new Sm3() : null;
        using var sha256 = hashes ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        var further = others.Select(o => (Name: o, Hash: IncrementalHash.CreateHash(AlgorithmNames.Hash(o)))).ToList();
        var buffer = new byte[BufferBytes];
        var keeps = true;
        while (stream.Read(buffer, 0, buffer.Length) is var read and > 0)
        {
            stop.ThrowIfCancellationRequested();
            sm3?.Append(buffer.AsSpan(0, read));
            sha256?.AppendData(buffer, 0, read);
            further.ForEach(f => f.Hash.AppendData(buffer, 0, read));
            reading.Length += read;
            if (keeps)
            {
                kept.Write(buffer, 0, read);
                keeps = kept.Length <= KeptBytes;
                kept.SetLength(keeps ? kept.Length : HeadBytes);
            }
        }

        reading.Bytes = kept.ToArray();
        reading.Sm3 = sm3 is null ? null : Convert.ToHexStringLower(sm3.GetHashAndReset());
        reading.Sha256 = sha256 is null ? null : Convert.ToHexStringLower(sha256.GetHashAndReset());
        foreach (var (name, hash) in further)
        {
            reading.Others[name] = Convert.ToHexStringLower(hash.GetHashAndReset());
            hash.Dispose();
        }

        return reading;
    }
}
