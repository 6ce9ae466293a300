using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>EEP-01 to EEP-10 on one package. Structures and cardinalities as in a public schema of DA/T 48-2009; not checked against print.</summary>
internal sealed partial class EepChecking(XElement root, IReadOnlyList<EepEncoding> encodings, string? cut, EepSignatures signatures)
{
    private const string Namespace = "http://www.saac.gov.cn/standards/ERM/encapsulation";
    private const string Schema = "http://www.w3.org/2001/XMLSchema";
    private static readonly string[] RootOrder = ["封装包格式描述", "版本", "被签名对象", "电子签名块", "锁定签名"];
    private static readonly string[] SignedOrder = ["封装包类型", "封装包类型描述", "封装包创建时间", "封装包创建单位", "封装内容", "修改封装内容"];
    private static readonly string[] EntityParts = ["聚合层次", "来源", "电子文件号", "档号", "内容描述", "形式特征", "存储位置", "权限管理", "文件数据"];
    private static readonly string[] EncodingParts = ["电子属性", "编码描述", "反编码关键字", "编码数据"];
    private static readonly string[] BusinessParts = ["业务标识符", "机构人员标识符", "文件标识符", "业务状态", "业务行为", "行为时间"];
    private static readonly string[] IdNames = ["文档标识符", "文档数据ID", "编码ID", "编码数据ID", "签名标识符", "修改标识符"];

    public IReadOnlyList<EepCheck> All()
    {
        var isInstance = root.Name.NamespaceName != Schema && root.Name.LocalName != "schema";
        var instance = new EepRun("EEP-09");
        instance.Compare(isInstance, "根元素", root.Name.LocalName, "封装包实例（不是模式文件）");
        return isInstance
            ? [Structure(), Versions(), Data(), Identifiers(), References(), Times(), signatures.Check(), Algorithms(), instance.Done(), Original()]
            : [instance.Done()];
    }

    private EepCheck Structure()
    {
        var run = new EepRun("EEP-01");
        run.Compare(root.Name.NamespaceName == Namespace, "命名空间", root.Name.NamespaceName, Namespace);
        run.Compare(root.Name.LocalName == "电子文件封装包", "根元素", root.Name.LocalName, "电子文件封装包");
        Ordered(run, root, RootOrder, required: 3);
        run.Compare(Child(root, "电子签名块") is null == (Child(root, "锁定签名") is null), "电子签名块与锁定签名", Child(root, "锁定签名") is null ? "没有锁定签名" : "没有电子签名块", "同时有或同时没有");
        if (Child(root, "被签名对象") is { } signed)
        {
            Ordered(run, signed, SignedOrder, required: 4);
            var type = Child(signed, "封装包类型")?.Value.Trim();
            run.Compare(type is "原始型" or "修改型", "封装包类型", type ?? "没有", "原始型 或 修改型");
            run.Compare(type == "修改型" == (Child(signed, "修改封装内容") is not null), "封装包类型与内容", type ?? "没有", "修改型才有修改封装内容");
        }

        foreach (var (block, entity) in new[] { ("文件实体块", "文件实体"), ("业务实体块", "业务实体"), ("机构人员实体块", "机构人员实体") })
        {
            var found = Named(block).ToList();
            run.Compare(found.Count > 0, block, "没有", "1 个");
            found.ForEach(b => run.Compare(b.Elements().Any(e => e.Name.LocalName == entity), block, "空的", $"至少一个{entity}"));
        }

        Parts(run, "文件实体", EntityParts);
        Parts(run, "编码", EncodingParts);
        Parts(run, "业务实体", BusinessParts);
        return run.Done();
    }

    private EepCheck Versions()
    {
        var run = new EepRun("EEP-02");
        var version = Child(root, "版本")?.Value.Trim() ?? "没有";
        var own = Child(root, "被签名对象")?.Attributes().FirstOrDefault(a => a.Name.LocalName == "eep版本")?.Value.Trim() ?? "没有";
        run.Compare(version == "2009", "版本", version, "2009");
        run.Compare(own == version, "被签名对象 eep版本", own, version);
        return run.Done();
    }

    private EepCheck Data()
    {
        var run = new EepRun("EEP-03");
        foreach (var encoding in encodings.Where(e => !e.IsReference))
        {
            run.Compare(encoding.File is not null, $"编码数据 {encoding.Listed.Path}", encoding.Text.Length == 0 ? "空的" : "不是 Base64", "Base64 的文件内容");
            if (encoding.File is not { } file)
            {
                continue;
            }

            var keyword = Child(encoding.Element, "反编码关键字")?.Value.Trim() ?? "";
            var named = keyword.StartsWith("base64-", StringComparison.OrdinalIgnoreCase) ? keyword["base64-".Length..] : null;
            run.Compare(named is { Length: > 0 }, $"反编码关键字 {file.Path}", keyword, "base64-格式");
            if (named is { Length: > 0 } && file.Format is { Broken: null } seen)
            {
                run.Compare(FormatNames.AreSame(named, seen), $"反编码关键字 {file.Path}", keyword, $"内容是 {seen.Title}");
            }
        }

        if (encodings.Count == 0 || cut is not null)
        {
            run.CouldNot(cut ?? "没有编码数据");
        }

        return run.Done();
    }

    private EepCheck Identifiers()
    {
        var run = new EepRun("EEP-04");
        var ids = root.DescendantsAndSelf().SelectMany(e => e.Attributes().Where(a => IdNames.Contains(a.Name.LocalName, StringComparer.Ordinal)).Select(a => a.Value.Trim())
            .Concat(IdNames.Contains(e.Name.LocalName, StringComparer.Ordinal) ? [e.Value.Trim()] : [])).ToList();
        foreach (var group in ids.GroupBy(i => i, StringComparer.Ordinal))
        {
            run.Compare(group.Count() == 1, $"标识符 {group.Key}", string.Create(CultureInfo.InvariantCulture, $"{group.Count()} 处"), "1 处");
            run.Compare(Identifier().IsMatch(group.Key), $"标识符 {group.Key}", group.Key, "修改R-文档D-文档数据N-编码M 一类的写法");
        }

        var known = ids.ToHashSet(StringComparer.Ordinal);
        foreach (var reference in root.Descendants().SelectMany(e => e.Attributes()).Where(a => a.Name.LocalName == "引用编码数据ID" && a.Value.Trim().Length > 0).Select(a => a.Value.Trim()).Concat(Named("被锁定签名标识符").Select(e => e.Value.Trim())))
        {
            run.Compare(known.Contains(reference), $"引用 {reference}", reference, "包里的标识符");
        }

        return run.Done();
    }

    private EepCheck References()
    {
        var run = new EepRun("EEP-05");
        var agents = Named("机构人员实体").SelectMany(e => e.Descendants().Where(d => d.Name.LocalName is "标识符" or "机构人员标识符")).Select(e => e.Value.Trim()).ToHashSet(StringComparer.Ordinal);
        var files = Named("电子文件号").Concat(Named("文件实体").SelectMany(e => e.Elements().Where(c => c.Name.LocalName is "文件标识符"))).Select(e => e.Value.Trim()).ToHashSet(StringComparer.Ordinal);
        foreach (var business in Named("业务实体"))
        {
            foreach (var (name, known) in new[] { ("机构人员标识符", agents), ("文件标识符", files) })
            {
                if (Child(business, name)?.Value.Trim() is { } reference)
                {
                    run.Compare(known.Contains(reference), $"业务实体 {name}", reference, "包里的实体");
                }
            }
        }

        if (!run.HasCompared)
        {
            run.CouldNot("没有业务实体可以比");
        }

        return run.Done();
    }

    private EepCheck Times()
    {
        var run = new EepRun("EEP-06");
        (string Text, DateTime Time)? before = null;
        foreach (var text in Named("行为时间").Select(e => e.Value.Trim()))
        {
            if (ValueForms.Moment(text) is not { } time)
            {
                run.Compare(false, "行为时间", text, "时间");
                continue;
            }

            if (before is { } earlier)
            {
                run.Compare(earlier.Time <= time, "行为时间", earlier.Text, $"不晚于其后的 {text}");
            }

            before = (text, time);
        }

        var acts = Named("业务行为").Select(e => e.Value.Trim()).ToList();
        run.Compare(acts.Exists(a => a.Contains("归档", StringComparison.Ordinal) || a.Contains("封装", StringComparison.Ordinal)), "业务行为", string.Join("、", acts.Take(10)), "有归档或封装");
        return run.Done();
    }

    private EepCheck Algorithms()
    {
        var run = new EepRun("EEP-08");
        foreach (var algorithm in Named("签名算法标识").Select(e => e.Value.Trim()))
        {
            // Whether it is also verified is told by EEP-07; a hash that is broken is no algorithm to sign with.
            var known = LooseSignature.AlgorithmOf(algorithm) is { } oid && LooseSignature.WeakHashOf(oid) is null ? oid : null;
            run.Compare(known is not null, "签名算法标识", algorithm, "签名算法，如 SM2withSM3");
            if (known is not null && known != LooseSignature.Sm2WithSm3)
            {
                run.Remark($"签名算法 {algorithm} 不是 SM2withSM3");
            }
        }

        if (!run.HasCompared)
        {
            run.CouldNot("没有签名算法标识");
        }

        return run.Done();
    }

    private EepCheck Original()
    {
        var run = new EepRun("EEP-10");
        foreach (var modified in Named("修改封装内容"))
        {
            run.Compare(modified.Descendants().FirstOrDefault(e => e.Name.LocalName == "原封装包")?.Elements().Any(e => e.Name.LocalName == "被签名对象") == true, "修改封装内容", "没有原封装包的被签名对象", "保留原封装包");
            run.CouldNot("没有给出修改之前的封装包文件，是否逐字节保留没有比");
        }

        if (!run.HasCompared)
        {
            var type = Child(root, "被签名对象") is { } signed ? Child(signed, "封装包类型")?.Value.Trim() : null;
            run.Compare(type == "原始型", "封装包类型", type ?? "没有", "没有修改层的封装包是原始型");
        }

        return run.Done();
    }

    private static void Ordered(EepRun run, XElement parent, string[] order, int required)
    {
        var names = parent.Elements().Select(e => e.Name.LocalName).ToList();
        foreach (var name in order.Take(required))
        {
            run.Compare(names.Count(n => n == name) == 1, $"{parent.Name.LocalName}/{name}", string.Create(CultureInfo.InvariantCulture, $"{names.Count(n => n == name)} 个"), "1 个");
        }

        var places = names.Select(n => Array.IndexOf(order, n)).ToList();
        run.Compare(!places.Contains(-1), parent.Name.LocalName, string.Join("、", names.Where(n => !order.Contains(n, StringComparer.Ordinal)).Take(5)), "标准里的元素");
        run.Compare(places.Zip(places.Skip(1)).All(p => p.First <= p.Second), parent.Name.LocalName, string.Join("、", names.Take(10)), $"次序 {string.Join("、", order)}");
    }

    private void Parts(EepRun run, string element, string[] parts)
    {
        foreach (var one in Named(element))
        {
            foreach (var part in parts)
            {
                var count = one.Elements().Count(e => e.Name.LocalName == part);
                run.Compare(count == 1, $"{element}/{part}", string.Create(CultureInfo.InvariantCulture, $"{count} 个"), "1 个");
            }
        }
    }

    private IEnumerable<XElement> Named(string name) => PackageMarkup.Named(root, name);

    private static XElement? Child(XElement element, string name) => element.Elements().FirstOrDefault(e => e.Name.LocalName == name);

    [GeneratedRegex("^修改[0-9]+(-(文档|签名)[0-9]+(-文档数据[0-9]+(-编码[0-9]+(-编码数据)?)?)?)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Identifier();
}
