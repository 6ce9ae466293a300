using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>A block cipher under one key, as plain permutation of blocks; the modes are put around it.</summary>
internal abstract class TrialCipher(string name, bool isNational, int blockSize, int strengthBits) : IDisposable
{
    public string Name { get; } = name;

    public bool IsNational { get; } = isNational;

    public int BlockSize { get; } = blockSize;

    /// <summary>NIST SP 800-57 part 1, table 2.</summary>
    public int StrengthBits { get; } = strengthBits;

    /// <summary>Ciphers that take a key of this length. Weak and malformed keys give none.</summary>
    public static IEnumerable<TrialCipher> Of(byte[] key)
    {
        if (key.Length == 16)
        {
            yield return new Sm4Trial(key);
        }

        if (key.Length is 16 or 24 or 32)
        {
            yield return new PlatformTrial($"AES-{8 * key.Length}", Aes.Create(), key, 8 * key.Length);
        }

#pragma warning disable CA5350, CA5351, S5547 // what candidates use is undone with what they used
        if (key.Length is 16 or 24 && !TripleDES.IsWeakKey(key))
        {
            // Two keys are three, the first used again (SP 800-67 clause 3.1); the platform takes no sixteen bytes.
            yield return new PlatformTrial("3DES", TripleDES.Create(), key.Length == 16 ? [.. key, .. key.AsSpan(0, 8)] : key, key.Length == 16 ? 80 : 112);
        }

        if (key.Length == 8 && !DES.IsWeakKey(key) && !DES.IsSemiWeakKey(key))
        {
            yield return new PlatformTrial("DES", DES.Create(), key, 56);
        }
#pragma warning restore CA5350, CA5351, S5547
    }

    /// <summary>Whole blocks, each alone.</summary>
    public abstract byte[] Decrypt(ReadOnlySpan<byte> blocks);

    public abstract byte[] Encrypt(ReadOnlySpan<byte> blocks);

    /// <summary>Null where the tag is wrong or the cipher has no such mode.</summary>
    public virtual byte[]? OpenGcm(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag) => null;

    public abstract void Dispose();

    private sealed class Sm4Trial(byte[] key) : TrialCipher("SM4", isNational: true, Sm4.BlockSizeInBytes, strengthBits: 128)
    {
        private readonly Sm4Key _key = new(key);

        public override byte[] Decrypt(ReadOnlySpan<byte> blocks)
        {
            var result = new byte[blocks.Length];
            _key.DecryptEcb(blocks, result);
            return result;
        }

        public override byte[] Encrypt(ReadOnlySpan<byte> blocks)
        {
            var result = new byte[blocks.Length];
            _key.EncryptEcb(blocks, result);
            return result;
        }

        public override void Dispose()
        {
            // Holds nothing of the platform.
        }

        public override byte[]? OpenGcm(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag)
        {
            try
            {
                return Sm4.DecryptGcm(key, nonce, ciphertext, tag);
            }
            catch (CryptographicException)
            {
                return null;
            }
        }
    }

    private sealed class PlatformTrial : TrialCipher
    {
        private readonly SymmetricAlgorithm _algorithm;
        private readonly byte[] _key;

        public PlatformTrial(string name, SymmetricAlgorithm algorithm, byte[] key, int strengthBits)
            : base(name, isNational: false, algorithm.BlockSize / 8, strengthBits)
        {
            (_algorithm, _key) = (algorithm, key);
            algorithm.Key = key;
        }

        public override byte[] Decrypt(ReadOnlySpan<byte> blocks) => _algorithm.DecryptEcb(blocks, PaddingMode.None);

        public override byte[] Encrypt(ReadOnlySpan<byte> blocks) => _algorithm.EncryptEcb(blocks, PaddingMode.None);

        public override byte[]? OpenGcm(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag)
        {
            if (_algorithm is not Aes || nonce.Length != 12 || !AesGcm.IsSupported)
            {
                return null;
            }

            try
            {
                using var gcm = new AesGcm(_key, tag.Length);
                var plain = new byte[ciphertext.Length];
                gcm.Decrypt(nonce, ciphertext, tag, plain);
                return plain;
            }
            catch (CryptographicException)
            {
                return null;
            }
        }

        public override void Dispose() => _algorithm.Dispose();
    }
}
