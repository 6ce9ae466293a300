using System.ComponentModel;

namespace SmartCity.SecurityCheck.Model;

/// <summary>被签名的内容 · what of an element of DA/T 48-2009 its signature was made over.</summary>
public enum EepForm
{
    [Description("元素的原始字节（UTF-8）")]
    Stored,

    [Description("规范化 XML（C14N）")]
    Canonical,

    [Description("独占规范化 XML（exc-C14N）")]
    Exclusive,

    [Description("全部文字")]
    Text,

    [Description("各元素的文字（不含排版空白）")]
    Leaves,

    [Description("各元素的属性值与文字（不含排版空白）")]
    LeavesAndAttributes,
}
