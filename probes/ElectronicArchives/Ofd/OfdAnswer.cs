using System.ComponentModel;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>What became of one signature, or of a whole OFD file. The later the worse.</summary>
public enum OfdAnswer
{
    [Description("完好")]
    Intact,

    /// <summary>Only the list of signatures changed, because a later signature was added that covers the same and is intact.</summary>
    [Description("已被后续签章覆盖")]
    Superseded,

    [Description("没有签名")]
    Unsigned,

    [Description("无法判定")]
    Undecidable,

    [Description("签名时证书或印章已失效")]
    ExpiredAtSigning,

    [Description("结构错误")]
    StructureError,

    [Description("被改动或签名不成立")]
    Tampered,
}
