using System.IO.Compression;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Compressed data by unpacking it: two bytes of a header alone occur by chance. What has no header must become text.</summary>
internal static class PackedData
{
    private const int InflateCap = 1 << 20;

    /// <summary>Lengths and other things that stand in front; MySQL's COMPRESS() writes four bytes.</summary>
    private const int LongestFront = 16;

    private const int ShortestHeaderless = 8;

    /// <summary>Text enough to be sure of lies in the beginning.</summary>
    private const int TextLooked = 512;

    /// <summary>Of groups of three bytes.</summary>
    private const int FewestDifferent = 40;

    public static bool Is(byte[] bytes)
    {
        for (var at = 0; at <= LongestFront && at + ShortestHeaderless <= bytes.Length; at++)
        {
            var rest = bytes.AsSpan(at);
            if ((rest.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B, 0x08]) && rest[3] < 0x20)
                || (rest[0] == 0x78 && ((rest[0] << 8) + rest[1]) % 31 == 0 && Unpacked(rest, s => new ZLibStream(s, CompressionMode.Decompress)) is { Length: > 0 }))
            {
                return true;
            }
        }

        return IsText(Unpacked(bytes, s => new DeflateStream(s, CompressionMode.Decompress))) || IsText(Unpacked(bytes, s => new BrotliStream(s, CompressionMode.Decompress)));
    }

    /// <summary>What was copied from before is no evidence: a few random bits can stand for a long run.</summary>
    private static bool IsText(byte[]? unpacked)
    {
        if (unpacked is null || TextEvidence.OfWhole(unpacked.AsSpan(0, Math.Min(unpacked.Length, TextLooked))) < TextEvidence.Sure)
        {
            return false;
        }

        var known = new HashSet<int>();
        for (var i = 2; i < unpacked.Length && i < TextLooked; i++)
        {
            known.Add((unpacked[i - 2] << 16) | (unpacked[i - 1] << 8) | unpacked[i]);
        }

        return known.Count >= FewestDifferent;
    }

    /// <summary>Null where it does not unpack to its end.</summary>
    private static byte[]? Unpacked(ReadOnlySpan<byte> bytes, Func<Stream, Stream> open)
    {
        try
        {
            using var packed = new MemoryStream(bytes.ToArray());
            using var unpacking = open(packed);
            using var unpacked = new MemoryStream();
            var buffer = new byte[4096];
            for (int read; unpacked.Length < InflateCap && (read = unpacking.Read(buffer)) > 0;)
            {
                unpacked.Write(buffer, 0, read);
            }

            return unpacked.ToArray();
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or InvalidOperationException)
        {
            // A zlib header that asks for a preset dictionary ends as an IOException.
            return null;
        }
    }
}
