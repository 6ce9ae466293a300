using System.Globalization;
using System.Xml.Linq;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>An encapsulated package of DA/T 48-2009 with invented words and no signature.</summary>
internal static class SampleEep
{
    public static readonly XNamespace Space = "http://www.saac.gov.cn/standards/ERM/encapsulation";

    public static XElement Of(int number)
    {
        var record = string.Create(CultureInfo.InvariantCulture, $"EF2026{number:D6}");
        return E("电子文件封装包",
            E("封装包格式描述", "本EEP根据中华人民共和国档案行业标准DA/T 48-2009《基于XML的电子文件封装规范》生成"),
            E("版本", "2009"),
            E("被签名对象",
                new XAttribute("eep版本", "2009"),
                E("封装包类型", "原始型"), E("封装包类型描述", "本封装包包含电子文件数据及其元数据，原始封装，未经修改"), E("封装包创建时间", "2026-03-01T10:00:00"), E("封装包创建单位", "样例区档案馆"),
                E("封装内容", E("文件实体块", Record(record, number)), E("业务实体块", Business(record, 1, "形成", "2026-02-01T09:00:00"), Business(record, 2, "归档", "2026-03-01T09:00:00")),
                    E("机构人员实体块", E("机构人员实体", E("机构人员标识符", "机构1"), E("机构人员类型", "单位"), E("机构人员名称", "样例区审批服务局"))))));
    }

    private static XElement Record(string record, int number) => E("文件实体",
        E("聚合层次", "文件"),
        E("来源", E("档案馆名称", "样例区档案馆"), E("全宗名称", "样例区审批服务局"), E("立档单位名称", "样例区审批服务局")),
        E("电子文件号", record),
        E("档号", E("全宗号", "J001"), E("年度", "2026"), E("保管期限", "30年"), E("室编件号", string.Create(CultureInfo.InvariantCulture, $"{number:D4}"))),
        E("内容描述", E("题名", string.Create(CultureInfo.InvariantCulture, $"关于样例事项第{number}件的通知")), E("责任者", "样例区审批服务局"), E("日期", "2026-02-01"), E("密级", "公开")),
        E("形式特征", E("文件组合类型", "单件"), E("页数", "2")),
        E("存储位置", E("脱机载体编号", "SAMPLE-0001")),
        E("权限管理", E("控制标识", "开放")),
        E("信息系统描述", "样例档案系统 V1.0"),
        E("文件数据", E("文档", E("文档标识符", "修改0-文档1"), E("文档序号", "1"), E("文档主从声明", "主文档"), E("文档数据", new XAttribute("文档数据ID", "修改0-文档1-文档数据1"), Encoding(number)))));

    private static XElement Encoding(int number)
    {
        var bytes = SampleContents.Pdf(string.Create(CultureInfo.InvariantCulture, $"样例 {number}"), 2);
        return E("编码",
            new XAttribute("编码ID", "修改0-文档1-文档数据1-编码1"),
            E("电子属性", E("格式信息", "PDF"), E("计算机文件名", "正文.pdf"), E("计算机文件大小", bytes.Length.ToString(CultureInfo.InvariantCulture)), E("文档创建程序", "样例排版 3.0")),
            E("编码描述", "Base64"),
            E("反编码关键字", "base64-pdf"),
            E("编码数据", new XAttribute("编码数据ID", "修改0-文档1-文档数据1-编码1-编码数据"), Convert.ToBase64String(bytes)));
    }

    private static XElement Business(string record, int number, string act, string time) => E("业务实体",
        E("业务标识符", string.Create(CultureInfo.InvariantCulture, $"业务{number}")), E("机构人员标识符", "机构1"), E("文件标识符", record), E("业务状态", "历史行为"), E("业务行为", act), E("行为时间", time));

    private static XElement E(string name, params object[] inside) => new(Space + name, inside);
}
