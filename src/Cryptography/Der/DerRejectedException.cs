using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>An encoding that is not DER (X.690 clause 10) or goes beyond the agreed limits. The message is Chinese and names the offset.</summary>
public sealed class DerRejectedException : CryptographicException
{
    /// <summary>Names what is wrong and where.</summary>
    /// <param name="reason">What is wrong, in Chinese.</param>
    /// <param name="offset">Where the offending element begins, in bytes from the start of the input.</param>
    public DerRejectedException(string reason, int offset)
        : base($"DER 编码被拒绝（偏移 {offset} 字节）：{reason}")
    {
        Reason = reason;
        Offset = offset;
    }

    /// <summary>What is wrong, in Chinese, without the offset.</summary>
    public string Reason { get; }

    /// <summary>Where the offending element begins, in bytes from the start of the input.</summary>
    public int Offset { get; }
}
