namespace SmartCity.SecurityCheck.Model;

/// <summary>What kind of document bytes are, as far as their shape tells; what stands in them nobody here reads.</summary>
public enum PaperForm
{
    Pdf,
    Ofd,

    /// <summary>Word, Excel, PowerPoint, WPS or OpenDocument, packed or of the old kind.</summary>
    Office,
    Picture,

    /// <summary>Sound or moving pictures.</summary>
    Recording,

    /// <summary>Chinese or Latin words.</summary>
    Text,
}

/// <summary>Names of <see cref="PaperForm"/> for people.</summary>
public static class PaperForms
{
    public static string Name(this PaperForm form) => form switch
    {
        PaperForm.Pdf => "PDF",
        PaperForm.Ofd => "OFD",
        PaperForm.Office => "办公文档",
        PaperForm.Picture => "图片",
        PaperForm.Recording => "音视频",
        _ => "文字",
    };
}
