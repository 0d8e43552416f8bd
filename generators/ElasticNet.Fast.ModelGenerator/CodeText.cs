using System.Text;

namespace ElasticNet.Fast.ModelGenerator;

/// <summary>Lines of code, indented as deep as blocks are open.</summary>
internal sealed class CodeText
{
    private readonly StringBuilder _text = new();
    private readonly Stack<string> _open = new();

    public void Line(string text = "")
    {
        if (text.Length > 0)
            _text.Append(' ', 4 * _open.Count).Append(text);
        _text.Append('\n');
    }

    /// <summary>A line, and the block after it.</summary>
    public void Open(string head)
    {
        Line(head);
        Open("{", "}");
    }

    /// <summary>A block between brackets of its own.</summary>
    public void Open(string opening, string closing)
    {
        Line(opening);
        _open.Push(closing);
    }

    public void Close()
    {
        string closing = _open.Pop();
        Line(closing);
    }

    public void CloseAll()
    {
        while (_open.Count > 0)
            Close();
    }

    public override string ToString() => _text.ToString();
}
