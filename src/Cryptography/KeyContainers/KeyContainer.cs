using System.ComponentModel;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>How a private key is kept.</summary>
public enum KeyContainerFormat
{
    [Description("PKCS#8")]
    Pkcs8,
    [Description("PKCS#1（RSA）")]
    Pkcs1,
    [Description("SEC 1（椭圆曲线）")]
    Sec1,
    [Description("DSA 传统格式")]
    Dsa,
    [Description("OpenSSH")]
    OpenSsh,
    [Description("PuTTY")]
    Putty,
    [Description("PKCS#12（PFX）")]
    Pkcs12,
    [Description("Java 密钥库 JKS")]
    Jks,
    [Description("Java 密钥库 JCEKS")]
    Jceks,
    [Description("密钥库 BKS")]
    Bks,
    [Description("OpenPGP")]
    Pgp,
    [Description("JWK")]
    Jwk,
    [Description("国密密钥文件（SM2 私钥以 SM4 加密）")]
    SmKeyFile,
}

/// <summary>
/// A file or section that keeps a private key, recognised by its content. What it says of the key is how it is kept; the key itself is
/// never decoded into a property, a message or a text of this object.
/// </summary>
public sealed record KeyContainer
{
    public required KeyContainerFormat Format { get; init; }

    /// <summary>True: the key stands there without encryption. Null: cannot be told from outside.</summary>
    public required bool? IsClear { get; init; }

    /// <summary>False for a store of certificates alone; null where the entries are hidden by encryption.</summary>
    public bool? HoldsPrivateKey { get; init; } = true;

    /// <summary>RSA, SM2, ECDSA, Ed25519 …, or an object identifier; null where it is not visible.</summary>
    public string? Algorithm { get; init; }

    /// <summary>How the passphrase becomes a key: PBKDF2, PKCS12-KDF, bcrypt …; null where nothing is encrypted.</summary>
    public string? Kdf { get; init; }

    /// <summary>Iterations (rounds, cost) of <see cref="Kdf"/>; null where it has none or they are not visible.</summary>
    public long? Iterations { get; init; }

    /// <summary>What encrypts the key; null where nothing does or it is not visible.</summary>
    public string? Cipher { get; init; }

    /// <summary>Why passphrases cannot be tried, for people; null where they can.</summary>
    public string? WhyNoTrial { get; init; }

    /// <summary>Certificates that lie beside the key in clear, in DER.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Certificates { get; init; } = [];

    /// <summary>Hash computations one trial costs; 0 where there is none.</summary>
    public long TrialCost => Check?.Cost ?? 0;

    internal IPassphraseCheck? Check { get; init; }

    /// <summary>Whether the passphrase opens the container.</summary>
    /// <exception cref="InvalidOperationException">Passphrases cannot be tried: <see cref="WhyNoTrial"/>.</exception>
    public bool OpensWith(string passphrase) => (Check ?? throw new InvalidOperationException(WhyNoTrial)).Opens(passphrase);
}

/// <summary>Says whether a passphrase is the right one without yielding what it protects.</summary>
internal interface IPassphraseCheck
{
    long Cost { get; }

    bool Opens(string passphrase);
}
