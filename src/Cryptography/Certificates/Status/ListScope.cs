using System.Formats.Asn1;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Which certificates a revocation list speaks of (RFC 5280 §5.2.4, §5.2.5).</summary>
internal sealed class ListScope
{
    private bool _users;
    private bool _authorities;
    private bool _attributes;
    private bool _someReasons;
    private bool _indirect;
    private bool _delta;
    private string? _unknown;
    private IReadOnlyList<string> _points = [];

    public static ListScope Read(IReadOnlyList<CertificateExtension> extensions)
    {
        var scope = new ListScope { _delta = extensions.Any(e => e.Oid == ExtensionOids.DeltaCrlIndicator) };
        scope._unknown = extensions.FirstOrDefault(e => e.IsCritical
            && e.Oid is not (ExtensionOids.IssuingDistributionPoint or ExtensionOids.DeltaCrlIndicator or ExtensionOids.CrlNumber or ExtensionOids.AuthorityKeyIdentifier))?.Name;
        if (extensions.FirstOrDefault(e => e.Oid == ExtensionOids.IssuingDistributionPoint) is { } point)
        {
            try
            {
                scope.ReadPoint(new AsnReader(point.Value, AsnEncodingRules.DER).ReadSequence());
            }
            catch (AsnContentException)
            {
                scope._unknown = point.Name;
            }
        }

        return scope;
    }

    /// <summary>Why the list has no say on the certificate, for people; null where it has.</summary>
    public string? WhyNot(CertificateDetails certificate)
    {
        var isCa = certificate.Values.BasicConstraints?.IsCa == true;
        return _unknown is not null ? $"撤销列表带有不认识的关键扩展 {_unknown}"
            : _delta ? "增量撤销列表，没有完整的基础列表"
            : _indirect ? "间接撤销列表，本工具不读"
            : _attributes || (_users && isCa) || (_authorities && !isCa) ? "撤销列表不包括这一类证书"
            : null;
    }

    /// <summary>Absence from the list means the certificate is good.</summary>
    public bool IsWhole(CertificateDetails certificate) =>
        !_someReasons && (_points.Count == 0 || certificate.Values.CrlUris?.Intersect(_points, StringComparer.Ordinal).Any() == true);

    private void ReadPoint(AsnReader point)
    {
        while (point.HasData)
        {
            var tag = point.PeekContext();
            switch (tag.TagValue)
            {
                case 0:
                    var name = point.ReadSequence(tag);
                    _points = name.PeekContext() is { TagValue: 0 } full
                        ? [.. GeneralName.ReadAll(name.ReadSequence(full)).Where(n => n.Kind == GeneralNameKind.Uri).Select(n => n.Value)]
                        : [];
                    break;
                case 1:
                    _users = point.ReadBoolean(tag);
                    break;
                case 2:
                    _authorities = point.ReadBoolean(tag);
                    break;
                case 3:
                    point.ReadEncodedValue();
                    _someReasons = true;
                    break;
                case 4:
                    _indirect = point.ReadBoolean(tag);
                    break;
                default:
                    _attributes = point.ReadBoolean(tag);
                    break;
            }
        }
    }
}
