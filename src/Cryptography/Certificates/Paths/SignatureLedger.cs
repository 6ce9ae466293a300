namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// Remembers which key made which signature, and stops paying for more at some point: thirty-two certificates with one name and long keys
/// could otherwise be checked against each other for minutes. May be used from several threads at once.
/// </summary>
public sealed class SignatureLedger
{
    private const int Budget = 400;
    private const int LongKeyBits = 4096;
    private const int LongKeyPrice = 12;

    private readonly Dictionary<(string Child, string Issuer), SignatureCheck> _known = [];
    private readonly Lock _gate = new();
    private int _spent;

    /// <summary>Whether the key of <paramref name="issuer"/> made the signature of <paramref name="child"/>.</summary>
    /// <returns>Null where the budget is spent: nothing is said of the signature.</returns>
    public SignatureCheck? Check(CertificateDetails child, CertificateDetails issuer)
    {
        lock (_gate)
        {
            if (_known.TryGetValue((child.Sha256, issuer.Sha256), out var known))
            {
                return known;
            }

            var price = issuer.Key.Bits > LongKeyBits ? LongKeyPrice : 1;
            if (_spent + price > Budget)
            {
                return null;
            }

            _spent += price;
            return _known[(child.Sha256, issuer.Sha256)] = child.IsSignedBy(issuer);
        }
    }
}
