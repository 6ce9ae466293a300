using System.Text;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>What was accepted under which number, and the receipts, signed with a key of this run.</summary>
internal sealed class ReceiverLedger : IDisposable
{
    private const int MostNumbers = 100_000;

    private readonly Sm2PrivateKey _key = Sm2PrivateKey.Generate();
    private readonly Dictionary<string, ReceiverReceipt> _receipts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _numbers = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>SubjectPublicKeyInfo in PEM, to verify receipts with.</summary>
    public string PublicKeyPem => _key.PublicKey.ExportPem();

    /// <returns>True where the number came before.</returns>
    public bool Note(string reqId)
    {
        lock (_lock)
        {
            return reqId.Length > 0 && !(_numbers.Count < MostNumbers ? _numbers.Add(reqId) : !_numbers.Contains(reqId));
        }
    }

    public ReceiverReceipt? Find(string reqId)
    {
        lock (_lock)
        {
            return _receipts.GetValueOrDefault(reqId);
        }
    }

    /// <summary>接收 · writes a receipt.</summary>
    public ReceiverReceipt Accept(string reqId, string sm3, long bytes, DateTimeOffset at)
    {
        var text = FormattableString.Invariant($"{reqId}\n{sm3}\n{bytes}\n{at:yyyy-MM-ddTHH:mm:ssK}");
        var receipt = new ReceiverReceipt(reqId, sm3, bytes, at, text, Convert.ToBase64String(_key.Sign(Encoding.UTF8.GetBytes(text))));
        lock (_lock)
        {
            if (_receipts.Count < MostNumbers)
            {
                _receipts.TryAdd(reqId, receipt);
            }
        }

        return receipt;
    }

    public void Dispose() => _key.Dispose();
}

/// <summary>回执.</summary>
/// <param name="ReqId">Of the transfer.</param>
/// <param name="Sm3">Hexadecimal, of the package as it arrived.</param>
/// <param name="Bytes">Of the package.</param>
/// <param name="ReceivedAt">By this machine's clock.</param>
/// <param name="Signed">The text that is signed: the four values on a line each.</param>
/// <param name="Signature">SM2 with SM3, the usual identification, DER in Base64.</param>
internal sealed record ReceiverReceipt(string ReqId, string Sm3, long Bytes, DateTimeOffset ReceivedAt, string Signed, string Signature);
