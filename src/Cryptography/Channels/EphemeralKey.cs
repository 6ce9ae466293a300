using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc7748;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>A key of one NamedGroup for one handshake (RFC 8446 §4.2.7, §4.2.8; curveSM2: RFC 8998 §3.1).</summary>
public abstract class EphemeralKey : IDisposable
{
    private const ushort P256 = 23;
    private const ushort P384 = 24;
    private const ushort P521 = 25;
    private const ushort X25519Group = 29;
    private const ushort X448Group = 30;
    private const ushort CurveSm2 = 41;

    private protected EphemeralKey(ushort group) => Group = group;

    /// <summary>What <see cref="Generate"/> knows: X25519, P-256, P-384, P-521, X448, curveSM2.</summary>
    public static IReadOnlyList<ushort> Groups { get; } = [X25519Group, P256, CurveSm2, P384, P521, X448Group];

    public ushort Group { get; }

    /// <summary>key_exchange of a KeyShareEntry.</summary>
    public abstract byte[] Share { get; }

    /// <exception cref="ArgumentOutOfRangeException">Not one of <see cref="Groups"/>.</exception>
    public static EphemeralKey Generate(ushort group) => group switch
    {
        P256 => new NistKey(group, ECCurve.NamedCurves.nistP256),
        P384 => new NistKey(group, ECCurve.NamedCurves.nistP384),
        P521 => new NistKey(group, ECCurve.NamedCurves.nistP521),
        X25519Group => new X25519Key(),
        X448Group => new X448Key(),
        CurveSm2 => new Sm2Key(),
        _ => throw new ArgumentOutOfRangeException(nameof(group), group, "没有这个群的密钥。"),
    };

    /// <summary>The shared secret.</summary>
    /// <param name="peerShare">key_exchange of the other side.</param>
    /// <exception cref="CryptographicException">Of another length, off the curve, or a point that gives no secret.</exception>
    public abstract byte[] Agree(ReadOnlySpan<byte> peerShare);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        // Most keys are plain memory.
    }

    private static CryptographicException BadShare() => new("对方的密钥共享值不是这个群的公钥。");

    private sealed class NistKey(ushort group, ECCurve curve) : EphemeralKey(group)
    {
        private const byte Uncompressed = 4;
        private readonly ECDiffieHellman _key = ECDiffieHellman.Create(curve);

        public override byte[] Share
        {
            get
            {
                var point = _key.ExportParameters(includePrivateParameters: false).Q;
                return [Uncompressed, .. point.X!, .. point.Y!];
            }
        }

        public override byte[] Agree(ReadOnlySpan<byte> peerShare)
        {
            var size = (_key.KeySize + 7) / 8;
            if (peerShare.Length != (2 * size) + 1 || peerShare[0] != Uncompressed)
            {
                throw BadShare();
            }

            var point = new ECPoint { X = peerShare.Slice(1, size).ToArray(), Y = peerShare[(1 + size)..].ToArray() };
            using var peer = ECDiffieHellman.Create(new ECParameters { Curve = curve, Q = point });
            return _key.DeriveRawSecretAgreement(peer.PublicKey);
        }

        protected override void Dispose(bool disposing)
        {
            _key.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class X25519Key : EphemeralKey
    {
        private readonly byte[] _scalar = RandomNumberGenerator.GetBytes(X25519.ScalarSize);

        public X25519Key()
            : base(X25519Group)
        {
        }

        public override byte[] Share
        {
            get
            {
                var point = new byte[X25519.PointSize];
                X25519.ScalarMultBase(_scalar, 0, point, 0);
                return point;
            }
        }

        public override byte[] Agree(ReadOnlySpan<byte> peerShare)
        {
            var secret = new byte[X25519.PointSize];
            return peerShare.Length == X25519.PointSize && X25519.CalculateAgreement(_scalar, 0, peerShare.ToArray(), 0, secret, 0) ? secret : throw BadShare();
        }

        protected override void Dispose(bool disposing)
        {
            CryptographicOperations.ZeroMemory(_scalar);
            base.Dispose(disposing);
        }
    }

    private sealed class X448Key : EphemeralKey
    {
        private readonly byte[] _scalar = RandomNumberGenerator.GetBytes(X448.ScalarSize);

        public X448Key()
            : base(X448Group)
        {
        }

        public override byte[] Share
        {
            get
            {
                var point = new byte[X448.PointSize];
                X448.ScalarMultBase(_scalar, 0, point, 0);
                return point;
            }
        }

        public override byte[] Agree(ReadOnlySpan<byte> peerShare)
        {
            var secret = new byte[X448.PointSize];
            return peerShare.Length == X448.PointSize && X448.CalculateAgreement(_scalar, 0, peerShare.ToArray(), 0, secret, 0) ? secret : throw BadShare();
        }

        protected override void Dispose(bool disposing)
        {
            CryptographicOperations.ZeroMemory(_scalar);
            base.Dispose(disposing);
        }
    }

    private sealed class Sm2Key : EphemeralKey
    {
        private readonly Sm2PrivateKey _key = Sm2PrivateKey.Generate();

        public Sm2Key()
            : base(CurveSm2)
        {
        }

        public override byte[] Share => _key.PublicKey.ExportPoint();

        public override byte[] Agree(ReadOnlySpan<byte> peerShare) => _key.Agree(Sm2PublicKey.FromPoint(peerShare));

        protected override void Dispose(bool disposing)
        {
            _key.Dispose();
            base.Dispose(disposing);
        }
    }
}
