using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Asks every source there is about one certificate after the other and keeps what each said.</summary>
internal sealed class StatusInquiry(TrustBasis basis, ProbeContext context, DateTimeOffset at)
{
    private const int MaxAsked = 4;
    private readonly StatusFetch _fetch = new(context);
    private readonly Dictionary<string, (byte[]? Body, string? Why)> _fetched = new(StringComparer.Ordinal);
    private readonly List<StatusCheck> _checks = [];
    private readonly List<(string Sha256, RevocationState State)> _reliable = [];

    public IReadOnlyList<StatusCheck> Checks => _checks;

    /// <summary>Revoked outweighs good, good outweighs unknown; null where nothing counts.</summary>
    public RevocationState? StateOf(CertificateDetails certificate)
    {
        var said = _reliable.Where(r => r.Sha256 == certificate.Sha256).Select(r => r.State).ToList();
        return said.Contains(RevocationState.Revoked) ? RevocationState.Revoked
            : said.Contains(RevocationState.Good) ? RevocationState.Good
            : said.Count > 0 ? RevocationState.Unknown : null;
    }

    public StatusAnswer? TakeStaple(ReadOnlyMemory<byte> der, CertificateDetails certificate, CertificateDetails? issuer) =>
        Judge(StatusSource.Staple, null, certificate, issuer, OcspResponse.TryRead(der, out var problem) is { } response ? response.Judge : null, problem);

    /// <summary>Supplied lists first; what they leave open is asked of the places the certificate names.</summary>
    public async Task AskAsync(CertificateDetails certificate, CertificateDetails? issuer, CancellationToken cancellationToken)
    {
        if (issuer is null || _checks.Exists(c => c.Sha256 == certificate.Sha256 && c.Source != StatusSource.Staple))
        {
            return;
        }

        foreach (var list in basis.RevocationLists.Where(l => l.Issuer.Matches(certificate.Issuer)))
        {
            Judge(StatusSource.SuppliedList, null, certificate, issuer, list.Judge, null);
        }

        foreach (var uri in certificate.Values.OcspUris.Take(MaxAsked))
        {
            if (StateOf(certificate) is null)
            {
                var (body, why) = await _fetch.AskResponderAsync(uri, OcspRequest.Encode(certificate, issuer), cancellationToken);
                var response = body is null ? null : OcspResponse.TryRead(body, out why);
                Judge(StatusSource.Responder, uri, certificate, issuer, response is null ? null : response.Judge, why);
            }
        }

        foreach (var uri in (certificate.Values.CrlUris ?? []).Take(MaxAsked))
        {
            if (StateOf(certificate) is null)
            {
                await AskListAsync(uri, certificate, issuer, cancellationToken);
            }
        }
    }

    private async Task AskListAsync(string uri, CertificateDetails certificate, CertificateDetails issuer, CancellationToken cancellationToken)
    {
        if (!_fetched.TryGetValue(uri, out var found))
        {
            found = _fetched[uri] = await _fetch.GetListAsync(uri, cancellationToken);
        }

        var bundle = found.Body is null ? null : CertificateBundle.Read(found.Body);
        var list = bundle is { RevocationLists: [var first, ..] } ? first : null;
        Judge(StatusSource.FetchedList, uri, certificate, issuer, list is null ? null : list.Judge, found.Why ?? (bundle is { Problems: [var problem, ..] } ? problem : null) ?? "不是证书撤销列表");
    }

    private StatusAnswer? Judge(
        StatusSource source,
        string? place,
        CertificateDetails certificate,
        CertificateDetails? issuer,
        Func<CertificateDetails, CertificateDetails, DateTimeOffset, RevocationFinding>? judge,
        string? problem)
    {
        var finding = judge is not null && issuer is not null ? judge(certificate, issuer, at) : null;
        var answer = finding is null ? null : StatusAnswer.Of(finding);
        if (finding?.Reliable is { } state)
        {
            _reliable.Add((certificate.Sha256, state));
        }

        _checks.Add(new StatusCheck
        {
            Subject = certificate.Subject.Text,
            Sha256 = certificate.Sha256,
            Source = source,
            Place = place,
            Answer = answer,
            Note = finding is null ? (judge is not null ? "没有签发者的证书，无法核验应答" : problem) : finding.Reliable is null ? finding.WhyNot : null,
        });
        return answer;
    }
}
