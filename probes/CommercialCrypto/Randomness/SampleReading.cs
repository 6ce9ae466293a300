using System.Runtime.CompilerServices;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>A file that may hold samples.</summary>
/// <param name="Name">In the tree.</param>
/// <param name="Format">How bits are written in it.</param>
/// <param name="MostBits">It cannot hold more.</param>
internal sealed record SampleFile(string Name, SampleFormat Format, long MostBits);

/// <summary>One sample as it was cut.</summary>
/// <param name="Number">From 0.</param>
/// <param name="File">Where it begins.</param>
/// <param name="Bytes">Packed bits.</param>
internal sealed record CutSample(int Number, string File, byte[] Bytes);

/// <summary>Cuts the files of a sample folder into samples of one length, a file after the other, holding one sample at a time.</summary>
internal sealed class SampleReading(FileTree tree, IReadOnlyList<SampleFile> files, SampleBitOrder order, int bits, int cap, Func<bool> isOutOfTime)
{
    private readonly List<LeftOutFile> _leftOut = [];

    /// <summary>No file can hold a whole sample, so that they are read as one stream.</summary>
    public bool IsJoined { get; } = files.Count > 1 && files.All(f => f.MostBits < bits);

    /// <summary>Files not read, or not to their end; known when all is read.</summary>
    public IReadOnlyList<LeftOutFile> LeftOut => _leftOut;

    /// <summary>Bits that fill no sample; known when all is read.</summary>
    public long UnusedBits { get; private set; }

    public async IAsyncEnumerable<CutSample> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (sample, filled, number) = (new byte[bits / 8], 0, 0);
        for (var i = 0; i < files.Count; i++)
        {
            if (number == cap || isOutOfTime())
            {
                LeaveRest(i, number == cap ? $"样本数已到上限 {cap}，未读" : "探测时间用完，未读");
                break;
            }

            using var decoder = new BitDecoder(tree.OpenRead(files[i].Name), files[i].Format, order);
            while (true)
            {
                filled += await FillAsync(decoder, files[i].Name, sample.AsMemory(filled), cancellationToken);
                if (filled < sample.Length)
                {
                    break;
                }

                if (number == cap || isOutOfTime())
                {
                    _leftOut.Add(new LeftOutFile { Name = files[i].Name, Why = number == cap ? $"样本数已到上限 {cap}，其后未读" : "探测时间用完，其后未读" });
                    filled = 0;
                    break;
                }

                yield return new CutSample(number++, files[i].Name, sample);
                (sample, filled) = (new byte[sample.Length], 0);
            }

            UnusedBits += decoder.LooseBits;
            if (!IsJoined)
            {
                UnusedBits += filled * 8L;
                filled = 0;
            }
        }

        UnusedBits += filled * 8L;
    }

    /// <summary>A file that turns out to be broken ends there; what was cut from it before counts.</summary>
    private async Task<int> FillAsync(BitDecoder decoder, string name, Memory<byte> target, CancellationToken cancellationToken)
    {
        try
        {
            return await decoder.FillAsync(target, cancellationToken);
        }
        catch (UnableException broken)
        {
            _leftOut.Add(new LeftOutFile { Name = name, Why = $"{broken.Message}，其后未读" });
            return 0;
        }
    }

    private void LeaveRest(int from, string why) => _leftOut.AddRange(files.Skip(from).Select(f => new LeftOutFile { Name = f.Name, Why = why }));
}
