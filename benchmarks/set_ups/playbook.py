"""The playbook that both contenders run: tasks of the usual kinds, which change nothing the second time."""

from __future__ import annotations

from pathlib import Path

_START = """\
- name: Set up
  hosts: all
  gather_facts: false
  become: true
  tasks:
"""
_PLACE = "/srv/{{ inventory_hostname }}"
_KINDS = (
    f'ansible.builtin.file: {{path: "{_PLACE}", state: directory, mode: "0755"}}',
    f'ansible.builtin.copy: {{dest: "{_PLACE}/{{number}}", content: "{{{{ mutualis_text }}}}\\n", mode: "0644"}}',
    'ansible.builtin.command: "true"\n      changed_when: false',
    f'ansible.builtin.stat: {{path: "{_PLACE}"}}',
    f'ansible.builtin.lineinfile: {{path: "{_PLACE}/line", line: "{{number}}", create: true, mode: "0644"}}',
)


def write_playbook(folder: Path, tasks: int) -> Path:
    """Each kind a fifth of the tasks."""
    text = _START
    for number in range(tasks):
        kind = _KINDS[number % len(_KINDS)].replace("{number}", str(number))
        text += f"    - name: Task {number}\n      {kind}\n"
    path = folder / "site.yml"
    path.write_text(text, encoding="utf-8")
    (folder / "roles").mkdir()
    return path
