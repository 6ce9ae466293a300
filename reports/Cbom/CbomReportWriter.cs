using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.Cbom;

/// <summary>
/// 密码物料清单 as CycloneDX 1.6 (ECMA-424): algorithms, certificates, protocols and private keys of code, files and channels in one list.
/// What the format has no word for (TLCP, 商密) stands in properties named <c>smartcity:</c>. No serial number: the same pack gives the same bytes.
/// </summary>
public sealed class CbomReportWriter : IReportWriter
{
    public string Format => "cbom";

    public string FileName => "cbom.json";

    public async Task WriteAsync(AcceptanceReport report, Stream output, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
            json.WriteString("bomFormat", "CycloneDX");
            json.WriteString("specVersion", "1.6");
            json.WriteNumber("version", 1);
            CbomMetadata.Write(json, report);
            json.WriteStartArray("components");
            foreach (var asset in report.Crypto.Assets)
            {
                cancellationToken.ThrowIfCancellationRequested();
                CbomComponent.Write(json, asset, report);
            }

            json.WriteEndArray();
            Dependencies(json, report);
            json.WriteEndObject();
        }

        buffer.Position = 0;
        await buffer.CopyToAsync(output, cancellationToken);
    }

    /// <summary>Which algorithms a certificate or a protocol rests on.</summary>
    private static void Dependencies(Utf8JsonWriter json, AcceptanceReport report)
    {
        json.WriteStartArray("dependencies");
        foreach (var (reference, on) in report.Crypto.Assets.Select(a => (a.Reference, On: a switch
        {
            CertificateAsset certificate => certificate.Algorithms,
            ProtocolAsset protocol => [.. protocol.Suites.SelectMany(s => s.Algorithms).Distinct(StringComparer.Ordinal)],
            _ => [],
        })).Where(d => d.On.Count > 0))
        {
            json.WriteStartObject();
            json.WriteString("ref", CbomText.Plain(reference));
            json.WriteStartArray("dependsOn");
            foreach (var one in on.Order(StringComparer.Ordinal))
            {
                json.WriteStringValue(CbomText.Plain(one));
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
