using BenchmarkDotNet.Attributes;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace SmartCity.SecurityCheck.Benchmarks;

using SmartCity.SecurityCheck.Cryptography;

/// <summary>SM4 over one piece of data by the library and by us, by code path and by mode. A path the processor lacks is left out by its number.</summary>
public class Sm4Bulk
{
    private const int BlockSize = 16;
    private const int TagBits = 128;
    private readonly byte[] _key = Enumerable.Range(0, BlockSize).Select(static i => (byte)(i * 17)).ToArray();
    private readonly byte[] _iv = new byte[BlockSize];
    private readonly Dictionary<Sm4Path, Sm4Key> _keys = [];
    private byte[] _data = [];
    private byte[] _output = [];

    /// <summary>Length of the data in bytes.</summary>
    [Params(1024, 1048576)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _data = Enumerable.Range(0, Length).Select(static i => (byte)(i * 7)).ToArray();
        _output = new byte[Length];
        foreach (var path in Enum.GetValues<Sm4Path>().Where(Sm4Paths.IsSupported))
        {
            _keys[path] = new Sm4Key(_key, path);
        }
    }

    [Benchmark(Baseline = true)]
    public byte[] LibraryEcb() => Library(new SM4Engine(), new KeyParameter(_key));

    [Benchmark]
    public byte[] LibraryCtr() => Library(new SicBlockCipher(new SM4Engine()), new ParametersWithIV(new KeyParameter(_key), _iv));

    [Benchmark]
    public byte[] LibraryGcm()
    {
        var cipher = new GcmBlockCipher(new SM4Engine());
        cipher.Init(forEncryption: true, new AeadParameters(new KeyParameter(_key), TagBits, _iv[..12]));
        var output = new byte[cipher.GetOutputSize(Length)];
        cipher.DoFinal(output, cipher.ProcessBytes(_data, 0, Length, output, 0));
        return output;
    }

    [Benchmark]
    public byte[] TableEcb() => Ecb(Sm4Path.Table);

    [Benchmark]
    public byte[] AesNiEcb() => Ecb(Sm4Path.AesNi);

    [Benchmark]
    public byte[] AesAvx2Ecb() => Ecb(Sm4Path.AesAvx2);

    [Benchmark]
    public byte[] Gfni256Ecb() => Ecb(Sm4Path.Gfni256);

    [Benchmark]
    public byte[] Gfni512Ecb() => Ecb(Sm4Path.Gfni512);

    [Benchmark]
    public byte[] BestCtr()
    {
        _keys[Sm4Paths.Best].TransformCtr(_iv, _output);
        return _output;
    }

    [Benchmark]
    public byte[] BestCbcDecryption()
    {
        _keys[Sm4Paths.Best].DecryptCbc(_iv, _output);
        return _output;
    }

    [Benchmark]
    public Sm4Sealed BestGcm() => Sm4.EncryptGcm(_key, _iv.AsSpan(0, 12), _data);

    private byte[] Ecb(Sm4Path path)
    {
        _keys[path].EncryptEcb(_data, _output);
        return _output;
    }

    private byte[] Library(IBlockCipher cipher, ICipherParameters parameters)
    {
        cipher.Init(forEncryption: true, parameters);
        for (var i = 0; i < Length; i += BlockSize)
        {
            cipher.ProcessBlock(_data, i, _output, i);
        }

        return _output;
    }
}
