using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

public sealed class ProductRegisterTests
{
    private const string Header = "产品名称,型号,证书编号,发证机构,发证日期,有效期至,采购日期,部署版本,检测版本,安全等级\n";
    private const string WellRun = Header
        + "签名验签服务器,QY-1000,GM001219920231234,商用密码检测认证中心,2023/3/1,2028年2月29日,2025-07-15,V3.1.2,3.1.2,第二级\n"
        + "SSL VPN 网关,WG-20,GM001219920211111,商用密码检测中心,20210601,2026.6.1,44927,2.0 b7,V2.0B7,2\n";

    private const string Careless = Header
        + "签名验签服务器,QY-1000,无,,2019-01-01,2024-01-01,2025/8/1,3.2.0,3.1.2,一级\n"
        + "SSL VPN 网关,WG-20,GM001219920211111,商用密码检测中心,2021-06-01,2026-06-01,2025-07-01,2.0,2.0,一级\n"
        + "密钥管理系统,KM-1,GM001219920211111,国家密码管理局商用密码检测中心,2021-06-01,2026-06-01,7/1/2025,1.0,,\n";

    private static readonly ProductRegisterProbe Probe = new();

    [Fact]
    public async Task A_well_kept_register_meets_the_rules_of_level_three()
    {
        var verdicts = (await SeenAsync("p.csv", Encoding.UTF8.GetBytes(WellRun))).Judged("product-register");
        Assert.All(verdicts, v => Assert.True(v.Value == Verdict.Satisfied, $"{v.Key} {v.Value}"));
        Assert.Equal(Verdict.NotSatisfied, (await SeenAsync("p.csv", Encoding.UTF8.GetBytes(WellRun))).Judged("product-register", cryptoLevel: 4)["PRODUCT-05"]);
        Assert.Equal(Verdict.NeedsReview, (await SeenAsync("p.csv", Encoding.UTF8.GetBytes(WellRun))).Judged("product-register", cryptoLevel: null)["PRODUCT-05"]);
    }

    [Fact]
    public async Task A_careless_register_is_taken_apart_row_by_row()
    {
        var seen = await SeenAsync("p.csv", Encoding.UTF8.GetBytes(Careless));
        var products = Products(seen);

        Assert.Equal(JsonValueKind.Null, products[0].GetProperty("numberForm").ValueKind);
        Assert.False(products[0].GetProperty("coversPurchase").GetBoolean());
        Assert.False(products[0].GetProperty("versionMatches").GetBoolean());
        Assert.False(products[2].TryGetProperty("purchasedOn", out _));
        Assert.Contains("第 3 行的采购日期", Assert.Single(seen.Data.GetProperty("unreadable").EnumerateArray()).GetString(), StringComparison.Ordinal);
        var verdicts = seen.Judged("product-register");
        Assert.All(["PRODUCT-01", "PRODUCT-02", "PRODUCT-03", "PRODUCT-04", "PRODUCT-06", "PRODUCT-07"], id => Assert.Equal(Verdict.NotSatisfied, verdicts[id]));
    }

    [Theory]
    [InlineData("采购日期", "2099-01-01", "PRODUCT-03")]
    [InlineData("发证日期", "2099-01-01", "PRODUCT-03")]
    [InlineData("有效期至", "2020-01-01", "PRODUCT-03")]
    [InlineData("发证机构", "非商用密码检测认证中心", "PRODUCT-02")]
    [InlineData("发证机构", "某某商用密码检测认证中心有限公司", "PRODUCT-02")]
    [InlineData("检测版本", "VV3.1.2", "PRODUCT-04")]
    [InlineData("检测版本", "V", "PRODUCT-04")]
    [InlineData("检测版本", "3.1.2及以上", "PRODUCT-04")]
    [InlineData("证书编号", "GM0000000000000", "PRODUCT-01")]
    [InlineData("证书编号", "GM1234567890123", "PRODUCT-01")]
    [InlineData("证书编号", "GM9999999999999", "PRODUCT-01")]
    public async Task A_field_that_cannot_be_so_earns_nothing(string field, string text, string requirement)
    {
        var heads = Header.TrimEnd().Split(',');
        var row = WellRun.Split('\n')[1].Split(',');
        row[Array.IndexOf(heads, field)] = text;
        var seen = await SeenAsync("p.csv", Encoding.UTF8.GetBytes(Header + string.Join(',', row) + "\n"));
        Assert.NotEqual(Verdict.Satisfied, seen.Judged("product-register")[requirement]);
    }

    [Fact]
    public async Task Two_letters_without_a_number_are_no_version()
    {
        var seen = await SeenAsync("p.csv", Encoding.UTF8.GetBytes("产品名称,部署版本,检测版本\n密码机,V,VV\n"));
        Assert.Equal(Verdict.NeedsReview, seen.Judged("product-register")["PRODUCT-04"]);
        Assert.Equal(2, seen.Data.GetProperty("unreadable").GetArrayLength());
    }

    [Theory]
    [InlineData("商用密码产品名称,设备型号,商密产品证书编号,颁发单位,颁发时间,证书有效期至,购买时间,当前版本,证书版本号,等级")]
    [InlineData("密码产品*,规格型号,商用密码产品认证证书编号,发证机关,签发日期,到期时间,采购时间,软件版本,送检版本,密码模块安全等级（级）")]
    [InlineData("名称,型号,认证证书编号：,发证单位,发证时间,失效日期,合同签订时间,产品版本,认证版本,安全 等级")]
    public async Task Headings_are_known_by_the_names_people_give_them(string headings)
    {
        var seen = await SeenAsync("p.csv", Encoding.UTF8.GetBytes(headings + "\n" + WellRun[Header.Length..]));
        Assert.Empty(seen.Data.GetProperty("missingColumns").EnumerateArray());
        Assert.All(seen.Judged("product-register"), v => Assert.Equal(Verdict.Satisfied, v.Value));
    }

    [Fact]
    public async Task Messages_name_the_product_that_is_meant()
    {
        var seen = await SeenAsync("p.csv", Encoding.UTF8.GetBytes(Careless));
        string Only(string list) => Assert.Single(seen.Data.GetProperty(list).EnumerateArray()).GetString()!;
        Assert.Equal("第 1 行 签名验签服务器：部署 3.2.0，检测 3.1.2", Only("differingVersions"));
        Assert.Contains("第 1 行 签名验签服务器：无", Only("numbersOfOtherForm"), StringComparison.Ordinal);
        Assert.Equal(2, seen.Data.GetProperty("sharedNumbers").GetArrayLength());
    }

    [Fact]
    public async Task Every_spelling_of_the_register_says_the_same()
    {
        var rows = WellRun.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(',')).ToList();
        var yaml = "# 清单\nproducts:\n" + string.Concat(rows.Skip(1).Select(r => string.Concat(r.Select((c, i) => $"{(i == 0 ? "- " : "  ")}{rows[0][i]}: {(i % 2 == 0 ? $"\"{c}\"" : c)}{(i == 1 ? " # 型号" : "")}\n"))));
        var json = JsonSerializer.Serialize(rows.Skip(1).Select(r => rows[0].Zip(r).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal)));
        var expected = Products(await SeenAsync("p.csv", Encoding.UTF8.GetBytes(WellRun))).Select(p => p.GetRawText()).ToList();
        foreach (var (name, bytes) in new[] { ("p.yaml", Encoding.UTF8.GetBytes(yaml)), ("p.json", Encoding.UTF8.GetBytes(json)), ("p.xlsx", WorkbookText.Of([.. rows])), ("p.csv", TextEncodings.Gbk(WellRun)!) })
        {
            Assert.Equal(expected, Products(await SeenAsync(name, bytes)).Select(p => p.GetRawText()));
        }
    }

    [Theory]
    [InlineData("2025/7/1", "2025-07-01")]
    [InlineData("2025-07-01 00:00:00", "2025-07-01")]
    [InlineData("2025年7月1日", "2025-07-01")]
    [InlineData("２０２５．７．１", "2025-07-01")]
    [InlineData("20250701", "2025-07-01")]
    [InlineData("45839", "2025-07-01")]
    [InlineData("45839.5", "2025-07-01")]
    [InlineData("7/1/2025", null)]
    [InlineData("2025-02-30", null)]
    [InlineData("2025", null)]
    [InlineData("长期", null)]
    public void Days_are_read_in_every_usual_spelling(string text, string? day) =>
        Assert.Equal(day, WrittenDates.Read(text)?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public async Task A_validity_written_as_a_range_gives_both_ends()
    {
        var product = Assert.Single(Products(await SeenAsync("p.csv", Encoding.UTF8.GetBytes("名称,有效期,合同日期\n密码机,2021年1月1日 至 2026-01-01,2024-05-06\n"))));
        Assert.Equal("2021-01-01", product.GetProperty("issuedOn").GetString());
        Assert.True(product.GetProperty("coversPurchase").GetBoolean());
    }

    [Theory]
    [InlineData("p.yaml", "products:\n- 产品名称: {a: b}\n", "第 2 行")]
    [InlineData("p.yaml", "- 产品名称: \"x\n", "第 1 行")]
    [InlineData("p.yaml", "产品名称: x\n", "第 1 行")]
    [InlineData("p.csv", "a,b\n1,2\n", "没有产品名称")]
    [InlineData("p.csv", "产品名称,型号\n", "没有产品")]
    public async Task What_is_no_register_is_refused_by_place(string name, string text, string said)
    {
        using var folder = new TemporaryFolder();
        var unable = await SampleRun.UnableAsync(Probe, SampleRun.Sample(CryptoSampleKind.Products, folder.Write(name, text)));
        Assert.Contains(said, unable.Message, StringComparison.Ordinal);
        Assert.Contains("应", unable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mutated_registers_are_read_or_refused()
    {
        var seeded = new SeededBytes(17);
        using var folder = new TemporaryFolder();
        byte[][] originals = [Encoding.UTF8.GetBytes(Careless), Encoding.UTF8.GetBytes("products:\n- 产品名称: 密码机\n  型号: 'A''B'\n  有效期: 2021-01-01至2026-01-01\n- name: \"x\\\"y\"\n")];
        for (var i = 0; i < 600; i++)
        {
            var name = i % 2 == 0 ? "p.csv" : "p.yaml";
            await File.WriteAllBytesAsync(folder.File(name), seeded.Mutate(originals[i % 2]));
            var sample = SampleRun.Sample(CryptoSampleKind.Products, folder.File(name));
            Assert.True(await Probe.ObserveAsync(sample, ProbeContexts.For(new KeptEvidence(), sample), CancellationToken.None) is Observed or Unable { Kind: FailureKind.BadInput });
        }
    }

    private static async Task<SampleSeen> SeenAsync(string name, byte[] bytes)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.File(name), bytes);
        return await SampleRun.SeenAsync(Probe, SampleRun.Sample(CryptoSampleKind.Products, folder.File(name)));
    }

    private static List<JsonElement> Products(SampleSeen seen) => [.. seen.Data.GetProperty("products").EnumerateArray()];
}
