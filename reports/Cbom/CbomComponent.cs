using System.Globalization;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.Cbom;

/// <summary>One cryptographic asset (CycloneDX 1.6, component of type cryptographic-asset).</summary>
internal static class CbomComponent
{
    private static readonly string[] Primitives = ["drbg", "mac", "block-cipher", "stream-cipher", "signature", "hash", "pke", "xof", "kdf", "key-agree", "kem", "ae"];
    private static readonly string[] Modes = ["cbc", "ecb", "ccm", "gcm", "cfb", "ofb", "ctr"];

    public static void Write(Utf8JsonWriter json, CryptoAsset asset, AcceptanceReport report)
    {
        json.WriteStartObject();
        json.WriteString("type", "cryptographic-asset");
        json.WriteString("bom-ref", CbomText.Plain(asset.Reference));
        json.WriteString("name", CbomText.Plain(asset.Name));
        json.WriteStartObject("cryptoProperties");
        Properties(json, asset);
        json.WriteEndObject();
        Occurrences(json, asset, report);
        json.WriteStartArray("properties");
        json.WriteProperty("smartcity:gm:status", AlgorithmStandings.Say(asset.Standing));
        json.WriteProperty("smartcity:uses", asset.Uses.ToString(CultureInfo.InvariantCulture));
        if (asset.Uses > asset.Occurrences.Count)
        {
            json.WriteProperty("smartcity:occurrences", $"只列出 {asset.Occurrences.Count} 处，另有 {asset.Uses - asset.Occurrences.Count} 处没有列出");
        }

        Further(json, asset);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Properties(Utf8JsonWriter json, CryptoAsset asset)
    {
        switch (asset)
        {
            case AlgorithmAsset algorithm:
                Algorithm(json, algorithm);
                break;
            case CertificateAsset certificate:
                Certificate(json, certificate);
                break;
            case ProtocolAsset protocol:
                Protocol(json, protocol);
                break;
            case KeyAsset key:
                json.WriteString("assetType", "related-crypto-material");
                json.WriteStartObject("relatedCryptoMaterialProperties");
                json.WriteString("type", "private-key");
                json.WriteOptional("format", key.Format);
                json.WriteEndObject();
                break;
        }
    }

    private static void Algorithm(Utf8JsonWriter json, AlgorithmAsset algorithm)
    {
        json.WriteString("assetType", "algorithm");
        json.WriteStartObject("algorithmProperties");
        json.WriteString("primitive", Primitives.Contains(algorithm.Primitive, StringComparer.Ordinal) ? algorithm.Primitive : algorithm.Primitive == "unknown" ? "unknown" : "other");
        json.WriteOptional("parameterSetIdentifier", algorithm.Bits?.ToString(CultureInfo.InvariantCulture));
        if (algorithm.Mode?.ToLowerInvariant() is { } mode)
        {
            json.WriteString("mode", Modes.Contains(mode, StringComparer.Ordinal) ? mode : "other");
        }

        if (algorithm.Strength is { } strength)
        {
            json.WriteNumber("classicalSecurityLevel", strength);
        }

        json.WriteEndObject();
        json.WriteOptional("oid", algorithm.Oid);
    }

    private static void Certificate(Utf8JsonWriter json, CertificateAsset certificate)
    {
        json.WriteString("assetType", "certificate");
        json.WriteStartObject("certificateProperties");
        json.WriteOptional("subjectName", certificate.Subject);
        json.WriteOptional("issuerName", certificate.Issuer);
        json.WriteOptional("notValidBefore", Utc(certificate.NotBefore));
        json.WriteOptional("notValidAfter", Utc(certificate.NotAfter));
        json.WriteString("certificateFormat", "X.509");
        json.WriteEndObject();
    }

    private static void Protocol(Utf8JsonWriter json, ProtocolAsset protocol)
    {
        json.WriteString("assetType", "protocol");
        json.WriteStartObject("protocolProperties");
        json.WriteString("type", protocol.Name.StartsWith("TLCP", StringComparison.Ordinal) ? "other" : "tls");
        json.WriteOptional("version", protocol.Version);
        json.WriteStartArray("cipherSuites");
        foreach (var suite in protocol.Suites)
        {
            json.WriteStartObject();
            json.WriteString("name", CbomText.Plain(suite.Name));
            json.WriteStartArray("algorithms");
            foreach (var reference in suite.Algorithms)
            {
                json.WriteStringValue(CbomText.Plain(reference));
            }

            json.WriteEndArray();
            json.WriteStartArray("identifiers");
            json.WriteStringValue(CbomText.Plain(suite.Number));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Occurrences(Utf8JsonWriter json, CryptoAsset asset, AcceptanceReport report)
    {
        json.WriteStartObject("evidence");
        json.WriteStartArray("occurrences");
        foreach (var place in asset.Occurrences)
        {
            json.WriteStartObject();
            json.WriteString("location", CbomText.Plain(place.Location));
            if (place.Line is { } line)
            {
                json.WriteNumber("line", line);
            }

            json.WriteString("additionalContext", CbomText.Plain(string.Join("；", new[] { report.TargetName(place.TargetId), place.Context }.OfType<string>())));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Further(Utf8JsonWriter json, CryptoAsset asset)
    {
        switch (asset)
        {
            case AlgorithmAsset { Mode: { } mode }:
                json.WriteProperty("smartcity:mode", mode);
                break;
            case CertificateAsset certificate:
                json.WriteProperty("smartcity:sha256", certificate.Sha256);
                json.WriteProperty("smartcity:signature-algorithm", certificate.SignatureAlgorithm);
                break;
            case ProtocolAsset protocol when protocol.Name.StartsWith("TLCP", StringComparison.Ordinal):
                json.WriteProperty("smartcity:gm:protocol", "TLCP");
                break;
            case KeyAsset key:
                json.WriteProperty("smartcity:key-algorithm", key.Algorithm);
                json.WriteProperty("smartcity:clear", key.IsClear switch { true => "true", false => "false", null => null });
                break;
        }
    }

    private static string? Utc(DateTimeOffset? moment) => moment?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ");
}
