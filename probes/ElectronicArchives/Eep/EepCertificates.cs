using System.Globalization;
using System.Xml.Linq;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Certificates beside a signature of an EEP.</summary>
internal static class EepCertificates
{
    public static void Check(EepRun run, XElement signature)
    {
        var certificates = signature.Descendants().Where(e => e.Name.LocalName == "证书" && !e.HasElements).ToList();
        run.Compare(certificates.Count > 0, "证书", "没有", "至少一张");
        foreach (var certificate in certificates)
        {
            var text = string.Concat(certificate.Value.Where(c => !char.IsWhiteSpace(c)));
            var bytes = System.Buffers.Text.Base64.IsValid(text) && text.Length > 0 ? Convert.FromBase64String(text) : null;
            string? problem = null;
            var read = bytes is null ? null : CertificateDetails.TryRead(bytes, out problem);
            run.Compare(read is not null, "证书", bytes is null ? ItemTally.Shown(certificate.Value, 40) : problem ?? "读不出", "Base64 的 X.509 证书");
            var written = signature.Elements().FirstOrDefault(e => e.Name.LocalName == "签名时间")?.Value.Trim() ?? "";
            if (read is not null && ValueForms.Moment(written) is { } time && BeijingTime.InstantOf(time) is { } instant)
            {
                run.Compare(read.NotBefore <= instant && instant <= read.NotAfter, "签名时间", written, string.Create(CultureInfo.InvariantCulture, $"证书有效期 {read.NotBefore:yyyy-MM-dd} 至 {read.NotAfter:yyyy-MM-dd}"));
            }
            else if (read is not null)
            {
                run.CouldNot("没有签名时间，证书当时是否有效没有比");
            }
        }
    }
}
