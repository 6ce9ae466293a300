using System.Formats.Asn1;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// The gate every untrusted encoding passes before a parser that trusts its input sees it. It walks the elements once, without recursion,
/// and admits only DER (X.690 clause 10) within <see cref="DerLimits"/>, with elliptic curves named by an object identifier of an allow list
/// (RFC 5480 clause 2.1.1). It does not judge the meaning of what it admits, nor the order of SET members.
/// </summary>
public static class DerGuard
{
    /// <summary>Admits <paramref name="der"/> or says why not.</summary>
    /// <param name="der">Exactly one element, nothing behind it.</param>
    /// <param name="limits">Bounds on size, depth and element count.</param>
    /// <exception cref="DerRejectedException">The encoding is malformed, beyond the limits or uses an unnamed curve.</exception>
    public static void Check(ReadOnlySpan<byte> der, DerLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        if (der.Length > limits.MaxBytes)
        {
            throw new DerRejectedException($"总长 {der.Length} 字节，超过上限 {limits.MaxBytes} 字节", 0);
        }

        if (der.IsEmpty)
        {
            throw new DerRejectedException("内容为空", 0);
        }

        new DerScan(der, limits).Run();
    }

    /// <inheritdoc cref="Check(ReadOnlySpan{byte}, DerLimits)"/>
    public static void Check(ReadOnlyMemory<byte> der, DerLimits limits) => Check(der.Span, limits);

    /// <summary>As <see cref="Check(ReadOnlySpan{byte}, DerLimits)"/>, as a value instead of an exception.</summary>
    /// <returns>True when admitted.</returns>
    public static bool Accepts(ReadOnlySpan<byte> der, DerLimits limits)
    {
        try
        {
            Check(der, limits);
            return true;
        }
        catch (DerRejectedException)
        {
            return false;
        }
    }

    /// <summary>Runs a reader over admitted bytes and turns its complaints into the guard's exception.</summary>
    internal static T Read<T>(ReadOnlyMemory<byte> der, DerLimits limits, string what, Func<AsnReader, T> read)
    {
        Check(der.Span, limits);
        return ReadAccepted(der, what, read);
    }

    /// <summary>The same over bytes that <see cref="Accepts"/> has admitted just now.</summary>
    internal static T ReadAccepted<T>(ReadOnlyMemory<byte> der, string what, Func<AsnReader, T> read)
    {
        try
        {
            var reader = new AsnReader(der, AsnEncodingRules.DER);
            var value = read(reader);
            reader.ThrowIfNotEmpty();
            return value;
        }
        catch (AsnContentException e)
        {
            throw new DerRejectedException($"{what}结构不符：{e.Message}", 0);
        }
    }
}
