using System.ComponentModel;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Sorts of faults of an XML document, with the words people are shown.</summary>
public enum MarkupFaultKind
{
    [Description("不是格式良好的 XML")]
    NotWellFormed,

    [Description("声明的字符编码与字节不符")]
    WrongEncoding,

    [Description("字符编码不受支持")]
    UnsupportedEncoding,

    [Description("带有文档类型声明（DTD）")]
    DocumentType,

    [Description("带有包含指令（XInclude）")]
    Inclusion,

    [Description("过大、过深或节点过多")]
    TooLarge,
}

/// <summary>What is wrong with an XML document.</summary>
/// <param name="Kind">Which sort of fault.</param>
/// <param name="Line">From 1; null where there is none.</param>
/// <param name="Column">From 1, in characters; null where there is none.</param>
/// <param name="Detail">For people; faults of encoding name the offset of the byte, from 0.</param>
public sealed record MarkupFault(MarkupFaultKind Kind, int? Line, int? Column, string Detail);

/// <summary>A document that is not read.</summary>
public sealed class MarkupException(MarkupFault fault) : Exception(fault.Line is null ? fault.Detail : $"第 {fault.Line} 行第 {fault.Column} 列：{fault.Detail}")
{
    public MarkupFault Fault { get; } = fault;
}
