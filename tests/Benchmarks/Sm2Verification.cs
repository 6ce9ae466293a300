using BenchmarkDotNet.Attributes;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace SmartCity.SecurityCheck.Benchmarks;

using SmartCity.SecurityCheck.Cryptography;

/// <summary>Verifying 256 signatures of 200-byte messages under one key; times are of one signature.</summary>
public class Sm2Verification
{
    /// <summary>Signatures verified by one call.</summary>
    public const int Count = 256;
    private const int MessageSize = 200;
    private readonly List<byte[]> _messages = [];
    private readonly List<byte[]> _signatures = [];
    private readonly List<Sm2SignedContent> _contents = [];
    private byte[] _point = [];
    private ECPublicKeyParameters? _libraryKey;
    private Sm2VerificationKey? _key;

    [GlobalSetup]
    public void Prepare()
    {
        using var signer = Sm2PrivateKey.Generate();
        _point = signer.PublicKey.ExportPoint();
        _libraryKey = new ECPublicKeyParameters(Sm2.Decode(_point), Sm2.Domain);
        _key = new Sm2VerificationKey(signer.PublicKey);
        for (var i = 0; i < Count; i++)
        {
            var message = Enumerable.Range(0, MessageSize).Select(j => (byte)((i * 31) + j)).ToArray();
            _messages.Add(message);
            _signatures.Add(signer.SignRaw(message));
            _contents.Add(Sm2SignedContent.OfMessage(_key, message, _signatures[i], Sm2SignatureForm.Raw));
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public int Library()
    {
        var valid = 0;
        for (var i = 0; i < Count; i++)
        {
            var signer = new SM2Signer(PlainDsaEncoding.Instance);
            signer.Init(forSigning: false, new ParametersWithID(_libraryKey, Sm2.DefaultUserId.ToArray()));
            signer.BlockUpdate(_messages[i], 0, MessageSize);
            valid += signer.VerifySignature(_signatures[i]) ? 1 : 0;
        }

        return valid;
    }

    /// <summary>As with certificates that are each seen once: point checked, Z and the multiples computed anew.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public int KeySeenOnce()
    {
        var valid = 0;
        for (var i = 0; i < Count; i++)
        {
            valid += Sm2PublicKey.FromPoint(_point).VerifyRaw(_messages[i], _signatures[i]) ? 1 : 0;
        }

        return valid;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int PreparedKey()
    {
        var valid = 0;
        for (var i = 0; i < Count; i++)
        {
            valid += _key!.Verify(_messages[i], _signatures[i], Sm2SignatureForm.Raw) == Sm2SignatureVerdict.Valid ? 1 : 0;
        }

        return valid;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public Sm2SignatureVerdict[] Batch() => Sm2SignatureBatch.Verify(_contents, threads: 1);
}
