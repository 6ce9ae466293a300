using System.ComponentModel;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>One container of a private key. Nothing of the key and no passphrase is here.</summary>
public sealed record SampledKey
{
    [Description("文件")]
    public required string File { get; init; }

    public required long Offset { get; init; }

    public required string Note { get; init; }

    [Description("格式")]
    public Fact<KeyContainerFormat> Format { get; init; }

    /// <summary>Missing where the entries are hidden by encryption.</summary>
    [Description("含私钥")]
    public Fact<bool> HoldsPrivateKey { get; init; }

    /// <summary>False for a container without a private key. Missing where it cannot be told from outside.</summary>
    [Description("明文")]
    public Fact<bool> Clear { get; init; }

    /// <summary>Null where it is not visible.</summary>
    [Description("算法")]
    public Fact<string?> Algorithm { get; init; }

    /// <summary>Null where nothing is encrypted.</summary>
    [Description("口令派生")]
    public Fact<string?> Kdf { get; init; }

    /// <summary>Null where nothing is encrypted or it has none.</summary>
    [Description("派生迭代次数")]
    public Fact<long?> Iterations { get; init; }

    [Description("加密算法")]
    public Fact<string?> Cipher { get; init; }

    /// <summary>One of the common passphrases opens it; false where none of them does, nothing is encrypted or no private key is held. Missing where none were tried.</summary>
    [Description("口令在常见弱口令之列")]
    public Fact<bool> WeakPassphrase { get; init; }

    /// <summary>Why none were tried; null where they were.</summary>
    [Description("没有尝试口令的原因")]
    public Fact<string?> WhyNotTried { get; init; }

    /// <summary>Four octal digits; missing on platforms without such permissions.</summary>
    [Description("文件权限")]
    public Fact<string> FileMode { get; init; }

    /// <summary>Group or others may read the file; missing on platforms without such permissions.</summary>
    [Description("他人可读")]
    public Fact<bool> OthersMayRead { get; init; }
}
