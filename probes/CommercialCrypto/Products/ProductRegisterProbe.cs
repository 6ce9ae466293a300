using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Reads registers of cryptographic products and sets their dates, versions and numbers side by side.</summary>
public sealed class ProductRegisterProbe : Probe<CryptoSample, ProductRegister>
{
    private const int MaxFiles = 50;
    private const int MaxProducts = 5000;

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "crypto.product-register",
        Pillar = Pillar.CommercialCrypto,
        Title = "密码产品清单",
        Question = "清单里的密码产品有没有证书，采购时证书是否有效，部署的是不是检测过的版本，安全等级是几级？",
        Needs = typeof(CryptoSample),
        Samples = CryptoSampleKind.Products,
        Observes = typeof(ProductRegister),
        IsSelfReport = true,
        Touches = Touches.Files,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromMinutes(1),
        Version = "1",
    };

    protected override Task<ProbeOutcome> ObserveAsync(CryptoSample target, ProbeContext context, CancellationToken cancellationToken)
    {
        var files = SampleFiles.Of(target, MaxFiles);
        var (products, digests, missing, unreadable, whole) = (new List<RegisteredProduct>(), new List<SampleFileDigest>(), new List<string>(), new List<string>(), files.IsWhole);
        foreach (var name in files.Names)
        {
            using var table = TableFile.Open(files.Tree, name, target.Options() with { MaxRows = MaxProducts }, cancellationToken);
            var rows = table.Rows(cancellationToken).ToList();
            var reader = new RegisterReader(name, table, BeijingTime.DayOf(context.Clock.GetUtcNow()));
            if (!reader.IsRegister)
            {
                throw TableFault.Of(name, $"没有产品名称或证书编号一栏，现有列：{string.Join("、", table.Columns.Take(40))}", $"列名为 {string.Join("、", RegisterFields.All.Select(f => f.Field))} 的登记表");
            }

            products.AddRange(rows.Select(reader.Read).OfType<RegisteredProduct>());
            digests.Add(target.Digest(files.Tree, name, cancellationToken));
            missing.AddRange(reader.MissingColumns);
            unreadable.AddRange(reader.Unreadable);
            whole &= table.IsWhole;
        }

        if (products.Count == 0)
        {
            throw new UnableException(FailureKind.BadInput, $"{target.DisplayName} 里没有产品；应至少有一行写了产品名称或证书编号");
        }

        IReadOnlyList<RegisteredProduct> compared = [.. products.Select(p => Compared(p, products))];
        var record = new ProductRegister
        {
            Files = digests,
            Products = whole ? new(compared) : default,
            MissingColumns = [.. missing.Distinct(StringComparer.Ordinal)],
            Unreadable = unreadable,
            NumbersOfOtherForm = Listed(compared, p => p.NumberForm is { IsKnown: true, Value: not CertificateNumberForm.Certificate }, p => $"{Word(p.CertificateNumber)}（{(p.NumberForm.Value is { } form ? EnumWords.Say(form) : "没有证书")}）"),
            OtherIssuers = Listed(compared, p => p.Issuer is { IsKnown: true, Value: not CertificateIssuer.CertificationCentre }, p => $"{(p.Issuer.Value is { } issuer ? EnumWords.Say(issuer) : "无")}，采购 {Word(p.PurchasedOn)}"),
            OutsideValidity = Listed(compared, p => p.CoversPurchase is { IsKnown: true, Value: false }, p => $"有效期 {Word(p.IssuedOn)} 至 {Word(p.ExpiresOn)}，采购 {Word(p.PurchasedOn)}"),
            DifferingVersions = Listed(compared, p => p.VersionMatches is { IsKnown: true, Value: false }, p => $"部署 {Word(p.DeployedVersion)}，检测 {Word(p.TestedVersion)}"),
            ModuleLevels = Listed(compared, p => p.ModuleLevel.IsKnown, p => p.ModuleLevel.Value is { } level ? $"{level} 级" : "无"),
            SharedNumbers = Listed(compared, p => p.SharesNumber is { IsKnown: true, Value: true }, p => Word(p.CertificateNumber)),
            Unfilled = Listed(compared, p => p.MissingFields.Count > 0, p => $"未填 {string.Join("、", p.MissingFields)}"),
        };
        return Task.FromResult<ProbeOutcome>(Saw(target, context, record, context.Evidence.Save(new EvidenceDraft(
            Manifest.Id, target.TargetId, "products.txt", "text/plain", Encoding.UTF8.GetBytes(Summary(digests, compared, unreadable)), $"{target.DisplayName} 读出的产品"))));
    }

    private static RegisteredProduct Compared(RegisteredProduct product, IReadOnlyList<RegisteredProduct> all)
    {
        var with = product with
        {
            SharesNumber = product.CertificateNumber is not { IsKnown: true, Value: { } number } ? default(Fact<bool>)
                : all.Any(o => o.CertificateNumber is { IsKnown: true, Value: { } other } && Same(other, number) && (o.Name != product.Name || ModelOf(o) != ModelOf(product))),
        };
        return with with { Note = Sentence(with) };
    }

    private static bool Same(string a, string b) => string.Equals(a.Replace(" ", "", StringComparison.Ordinal), b.Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);

    private static string? ModelOf(RegisteredProduct product) => product.Model.IsKnown ? product.Model.Value : null;

    private static IReadOnlyList<string> Listed(IEnumerable<RegisteredProduct> products, Func<RegisteredProduct, bool> which, Func<RegisteredProduct, string> what) =>
        [.. products.Where(which).Select(p => $"第 {p.Row} 行 {p.Name}：{what(p)}")];

    private static string Word(Fact<string?> text) => text.IsKnown ? text.Value ?? "无" : "未填";

    private static string Sentence(RegisteredProduct product)
    {
        List<string> parts = [$"第 {product.Row} 行 {product.Name}"];
        parts.Add($"证书 {Word(product.CertificateNumber)}");
        parts.Add($"有效期 {Word(product.IssuedOn)} 至 {Word(product.ExpiresOn)}");
        parts.Add($"采购 {Word(product.PurchasedOn)}");
        parts.Add($"版本 {Word(product.DeployedVersion)}（检测 {Word(product.TestedVersion)}）");
        parts.Add($"安全等级 {(product.ModuleLevel.IsKnown ? product.ModuleLevel.Value?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "无" : "未填")}");
        if (product.UsedFor.IsKnown)
        {
            parts.Add($"用于 {(product.UsedFor.Value.Count == 0 ? "无" : string.Join("、", product.UsedFor.Value))}");
        }

        return string.Join("，", parts);
    }

    private static string Summary(IReadOnlyList<SampleFileDigest> files, IReadOnlyList<RegisteredProduct> products, IReadOnlyList<string> unreadable)
    {
        var text = new StringBuilder();
        files.ToList().ForEach(f => text.Append($"文件 {f.File}，{f.Bytes} 字节，SM3 {f.Sm3}\n"));
        products.ToList().ForEach(p => text.Append(p.Note).Append('\n'));
        unreadable.ToList().ForEach(u => text.Append("读不出：").Append(u).Append('\n'));
        return text.ToString();
    }
}
