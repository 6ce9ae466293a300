using System.Buffers.Binary;
using System.IO.Compression;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>Colours of a PNG as browsers write them: 8 bits, RGB or RGBA, not interlaced.</summary>
internal static class Pixels
{
    /// <returns>How many points have which colour (0xRRGGBB).</returns>
    public static Dictionary<int, int> Of(byte[] png)
    {
        using var packed = new MemoryStream();
        var (width, height, channels) = (0, 0, 0);
        for (var at = 8; at + 12 <= png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            var type = png.AsSpan(at + 4, 4);
            var data = png.AsSpan(at + 8, length);
            if (type.SequenceEqual("IHDR"u8))
            {
                (width, height) = (BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data[4..]));
                Assert.True(data[8] == 8 && data[9] is 2 or 6 && data[12] == 0);
                channels = data[9] == 2 ? 3 : 4;
            }
            else if (type.SequenceEqual("IDAT"u8))
            {
                packed.Write(data);
            }

            at += length + 12;
        }

        packed.Position = 0;
        using var stream = new ZLibStream(packed, CompressionMode.Decompress);
        var (row, above, colours) = (new byte[width * channels], new byte[width * channels], new Dictionary<int, int>());
        for (var y = 0; y < height; y++)
        {
            var filter = stream.ReadByte();
            stream.ReadExactly(row);
            Unfilter(filter, row, above, channels);
            for (var x = 0; x < row.Length; x += channels)
            {
                var colour = (row[x] << 16) | (row[x + 1] << 8) | row[x + 2];
                colours[colour] = colours.GetValueOrDefault(colour) + 1;
            }

            (row, above) = (above, row);
        }

        return colours;
    }

    private static void Unfilter(int filter, byte[] row, byte[] above, int channels)
    {
        for (var i = 0; i < row.Length; i++)
        {
            var (a, b, c) = (i < channels ? 0 : row[i - channels], (int)above[i], i < channels ? 0 : above[i - channels]);
            var (pa, pb, pc) = (Math.Abs(b - c), Math.Abs(a - c), Math.Abs(a + b - (2 * c)));
            row[i] += (byte)(filter switch { 0 => 0, 1 => a, 2 => b, 3 => (a + b) / 2, _ => pa <= pb && pa <= pc ? a : pb <= pc ? b : c });
        }
    }
}
