using System.Xml;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>The commonest things that are wrong with XML, in Chinese; what is not known is given as the reader says it.</summary>
internal static class MarkupWords
{
    private static readonly (string Has, string Say)[] Known =
    [
        ("Unexpected end of file", "文档没有写完（被截断）"),
        ("does not match the end tag", "开始标签与结束标签不配"),
        ("is an invalid character", "含有 XML 不允许的字符"),
        ("multiple root elements", "有不止一个根元素"),
        ("Root element is missing", "没有根元素"),
        ("Data at the root level is invalid", "根元素之外有内容，或不是 XML"),
        ("undeclared prefix", "命名空间前缀没有声明"),
        ("undeclared entity", "引用了没有定义的实体"),
        ("is a duplicate attribute name", "同一元素的属性重名"),
        ("Unexpected XML declaration", "XML 声明不在文档开头"),
        ("Name cannot begin with", "名称以不允许的字符开头"),
        ("exceeded", "超过字符数上限"),
    ];

    public static string Of(XmlException broken) =>
        Known.FirstOrDefault(k => broken.Message.Contains(k.Has, StringComparison.Ordinal)) is { Say: { } say } ? say : $"XML 语法有误：{broken.Message}";
}
