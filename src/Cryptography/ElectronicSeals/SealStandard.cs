using System.ComponentModel;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Which text a seal is laid out after.</summary>
public enum SealStandard
{
    [Description("GM/T 0031-2014（V1）")]
    V1,

    [Description("GB/T 38540-2020（V4）")]
    V4,

    [Description("GM/T 0031-2025（V5）")]
    V5,
}
