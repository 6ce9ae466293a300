using System.Buffers;
using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>One pass over the content of a file: both digests, its length, and its bytes as far as they are kept.</summary>
internal sealed class ContentReading
{
    /// <summary>Longer files are kept as their beginning alone.</summary>
    public const int KeptBytes = 64 * 1024 * 1024;
    private const int HeadBytes = 64 * 1024;
    private const int FirstBytes = 1024 * 1024;
    private const int BufferBytes = 128 * 1024;

    public long Length { get; private set; }

    public string? Sm3 { get; private set; }

    public string? Sha256 { get; private set; }

    /// <summary>Everything, or the beginning where <see cref="IsWhole"/> is false.</summary>
    public byte[] Bytes { get; private set; } = [];

    /// <summary>By name of the algorithm, lower-case hexadecimal.</summary>
    public Dictionary<string, string> Others { get; } = new(StringComparer.Ordinal);

    public bool IsWhole => Bytes.Length == Length;

    /// <param name="stream">Read to its end, but for what is long and was read elsewhere.</param>
    /// <param name="declared">Bytes the container says it has.</param>
    /// <param name="hashes">False where the digests are had elsewhere.</param>
    /// <param name="others">Names of further digests: MD5, SHA-1, SHA-512.</param>
    /// <param name="stop">The probe's clock.</param>
    /// <exception cref="ContainerException">The content is not what the container says.</exception>
    public static ContentReading Of(Stream stream, long declared, bool hashes, IReadOnlyList<string> others, CancellationToken stop)
    {
        var reading = new ContentReading();
        var filled = reading.Fill(stream, declared <= KeptBytes ? (int)declared : HeadBytes, stop);
        reading.Length = filled;
        if (declared > KeptBytes && !hashes && others.Count == 0)
        {
            reading.Length = declared;
            return reading;
        }

        var further = others.Select(o => (Name: o, Hash: IncrementalHash.CreateHash(AlgorithmNames.Hash(o)))).ToList();
        var sm3 = hashes ? new Sm3() : null;
        using var sha256 = hashes ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        void Take(byte[] bytes, int count)
        {
            sm3?.Append(bytes.AsSpan(0, count));
            sha256?.AppendData(bytes, 0, count);
            further.ForEach(f => f.Hash.AppendData(bytes, 0, count));
        }

        Take(reading.Bytes, filled);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        while (stream.Read(buffer, 0, buffer.Length) is var read and > 0)
        {
            stop.ThrowIfCancellationRequested();
            Take(buffer, read);
            reading.Length += read;
        }

        ArrayPool<byte>.Shared.Return(buffer);
        reading.Bytes = filled == reading.Bytes.Length ? reading.Bytes : reading.Bytes[..filled];
        reading.Sm3 = sm3 is null ? null : Convert.ToHexStringLower(sm3.GetHashAndReset());
        reading.Sha256 = sha256 is null ? null : Convert.ToHexStringLower(sha256.GetHashAndReset());
        foreach (var (name, hash) in further)
        {
            reading.Others[name] = Convert.ToHexStringLower(hash.GetHashAndReset());
            hash.Dispose();
        }

        return reading;
    }

    /// <summary>Digests that were computed from <see cref="Bytes"/> elsewhere.</summary>
    public void Take(ContentDigest digest) => (Sm3, Sha256) = (digest.Sm3, digest.Sha256);

    /// <summary>Grows with what is there and not with what is claimed.</summary>
    private int Fill(Stream stream, int most, CancellationToken stop)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(Math.Min(most, FirstBytes));
        var filled = 0;
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            filled += stream.ReadAtLeast(bytes.AsSpan(filled), bytes.Length - filled, throwOnEndOfStream: false);
            if (filled < bytes.Length || bytes.Length == most)
            {
                break;
            }

            Array.Resize(ref bytes, (int)Math.Min(most, bytes.Length * 2L));
        }

        Bytes = bytes;
        return filled;
    }
}
