using BenchmarkDotNet.Attributes;
using Org.BouncyCastle.Crypto.Digests;

namespace SmartCity.SecurityCheck.Benchmarks;

using SmartCity.SecurityCheck.Cryptography;

/// <summary>SM3 over 16 messages: one after the other by the library and by us, and side by side.</summary>
public class Sm3Hashing
{
    private const int MessageCount = 16;
    private const int LibraryDigestSize = 32;
    private readonly List<ReadOnlyMemory<byte>> _messages = [];
    private byte[][] _arrays = [];

    /// <summary>Length of each message in bytes.</summary>
    [Params(64, 1024, 65536)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _arrays = Enumerable.Range(0, MessageCount)
            .Select(i => Enumerable.Range(0, Length).Select(j => (byte)((i * 31) + (j * 7))).ToArray())
            .ToArray();
        _messages.AddRange(_arrays.Select(static a => (ReadOnlyMemory<byte>)a));
    }

    [Benchmark(Baseline = true)]
    public byte[] Library()
    {
        var result = new byte[LibraryDigestSize];
        foreach (var message in _arrays)
        {
            var digest = new SM3Digest();
            digest.BlockUpdate(message, 0, message.Length);
            digest.DoFinal(result, 0);
        }

        return result;
    }

    [Benchmark]
    public byte[] Scalar()
    {
        var result = new byte[Sm3.HashSizeInBytes];
        foreach (var message in _arrays)
        {
            Sm3.HashData(message, result);
        }

        return result;
    }

    [Benchmark]
    public byte[][] EightLanes() => Sm3Lanes.HashData(_messages, LanePath.Avx2);

    [Benchmark]
    public byte[][] SixteenLanes() => Sm3Lanes.HashData(_messages, LanePath.Avx512);
}
